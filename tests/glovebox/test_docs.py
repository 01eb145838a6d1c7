"""The documentation: every page is reached, every link leads somewhere, what it shows is so."""

from __future__ import annotations

import ast
import itertools
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import nbformat
import pytest
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

import glovebox
from glovebox.assignment import AssignmentBundle
from glovebox.grade import Graded, GradeJob, grade
from glovebox.limits import Limits

REPO = Path(__file__).parents[2]
DOCS = REPO / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
LINKING = [*sorted(REPO.glob("*.md")), REPO / "release" / "README.md", *PAGES]
GENERATED = re.compile(r"^::: |^<!-- (fields|traits): ", re.MULTILINE)
"""What of a page is made when the site is built."""
MARKDOWN = MarkdownIt("commonmark").enable("table")


def name(path: Path) -> str:
    return path.relative_to(REPO).as_posix()


# --- pages and links ------------------------------------------------------------------------------


def in_nav(entries: list[Any]) -> Iterator[str]:
    for entry in entries:
        for target in entry.values() if isinstance(entry, dict) else [entry]:
            yield from in_nav(target) if isinstance(target, list) else [target]


def test_every_page_is_in_the_navigation_once() -> None:
    config = yaml.safe_load((REPO / "mkdocs.yml").read_text())
    assert sorted(in_nav(config["nav"])) == sorted(str(page.relative_to(DOCS)) for page in PAGES)


def tokens(path: Path) -> Iterator[Token]:
    for token in MARKDOWN.parse(path.read_text(encoding="utf-8")):
        yield token
        yield from token.children or ()


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub and the site make them."""
    parsed = MARKDOWN.parse(path.read_text(encoding="utf-8"))
    titles = [
        "".join(part.content for part in following.children or ())
        for token, following in itertools.pairwise(parsed)
        if token.type == "heading_open"
    ]
    return {re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", title.lower())) for title in titles}


def broken_links(path: Path) -> Iterator[str]:
    for token in tokens(path):
        link = urlsplit(str(token.attrs.get("href") or token.attrs.get("src") or ""))
        if link.scheme or link.netloc or not (link.path or link.fragment):
            continue
        target = path if not link.path else path.parent / unquote(link.path)
        if not target.exists():
            yield f"{link.geturl()}: there is no such file"
        elif link.fragment.startswith("glovebox."):
            continue  # made of docstrings, and looked for when the site is built
        elif link.fragment and link.fragment not in anchors(target):
            yield f"{link.geturl()}: there is no such heading"


@pytest.mark.parametrize("path", LINKING, ids=name)
def test_links_lead_somewhere(path: Path) -> None:
    assert list(broken_links(path)) == []


def test_broken_links_are_seen(tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text("# One `two` — three\n")
    page = tmp_path / "page.md"
    page.write_text(
        "[a](gone.md) [b](other.md#one-two-three) ![c](gone.png)\n\n| t |\n| - |\n| [d](#here) |\n"
    )
    found = [line.partition(":")[0] for line in broken_links(page)]
    assert found == ["gone.md", "gone.png", "#here"]


# --- what the pages say ---------------------------------------------------------------------------


def rows(page: Path) -> Iterator[list[str]]:
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith("| `"):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def test_limits_are_those_of_the_code() -> None:
    said = {}
    for row in rows(DOCS / "reference" / "configuration.md"):
        if len(row) == 3 and re.fullmatch(r"[\d,]+", row[1]):
            said[row[0].strip("`")] = float(row[1].replace(",", ""))
    assert said == asdict(Limits())


def kinds_in_the_code() -> Iterator[str]:
    for path in Path(glovebox.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id="Oddity")
                    | ast.Attribute(attr="_report" | "_odd" | "_odd_once"),
                    args=[ast.Constant(value=str(kind)), *_],
                ):
                    yield kind
                case ast.Assign(
                    targets=[ast.Tuple(elts=[ast.Name(id="kind"), *_])],
                    value=ast.Tuple(elts=[ast.Constant(value=str(kind)), *_]),
                ):
                    yield kind


def test_every_kind_of_oddity_is_explained() -> None:
    text = (DOCS / "reference" / "verdict.md").read_text(encoding="utf-8")
    table = text.partition("## Oddities")[2]
    explained = {
        kind
        for line in table.splitlines()
        if line.startswith("| `")
        for kind in re.findall(r"`([\w-]+)`", line.split("|")[1])
    }
    assert explained == set(kinds_in_the_code())


GUIDE = DOCS / "how-to" / "write-a-check.md"


def fences(path: Path) -> list[str]:
    return [token.content for token in tokens(path) if token.type == "fence"]


@pytest.fixture
def graded_by_the_guide(
    tiny_bundle: Callable[..., AssignmentBundle], submission: Callable[..., bytes]
) -> Callable[[str], Graded]:
    """Grade a definition of `mean` with the checks that the guide shows."""

    def run(mean: str) -> Graded:
        return grade(GradeJob("tiny", submission(mean=mean), (), tiny_bundle(fences(GUIDE)[0])))

    return run


@pytest.mark.slow
@pytest.mark.parametrize(
    ("mean", "points"),
    [
        ("def mean(values):\n    return sum(values) / len(values)", 3),
        ("def mean(values):\n    values.sort()\n    return sum(values) / len(values)", 2),
        ("def mean(values):\n    return None", 0),
    ],
)
def test_the_checks_of_the_guide_grade(
    mean: str, points: float, graded_by_the_guide: Callable[[str], Graded]
) -> None:
    verdict = graded_by_the_guide(mean).verdict
    assert (verdict.points, verdict.max_points) == (points, 3)
    assert not verdict.needs_review


@pytest.mark.slow
def test_students_read_what_the_guide_shows(
    graded_by_the_guide: Callable[[str], Graded],
) -> None:
    wrong = "def mean(values):\n    return sum(values)"
    notebook = nbformat.reads(graded_by_the_guide(wrong).notebook.decode(), as_version=4)
    told = [str(one) for cell in notebook.cells for one in cell.get("outputs", ())]
    shown = fences(GUIDE)[1].strip().splitlines()
    assert shown[0].startswith("✗")
    assert all(any(line.strip() in output for output in told) for line in shown)
    assert wrong.splitlines()[-1] in fences(GUIDE)[3]


# --- the site -------------------------------------------------------------------------------------


class Site(HTMLParser):
    """What a built page loads, and how many parts of some kinds its article has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.parts = dict.fromkeys(("h2", "li", "ol", "pre", "table", "tr", "ul"), 0)
        self._in_article = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.loaded += [given[key] or "" for key in ("src", "srcset", "data") if given.get(key)]
        if tag == "link":
            self.loaded.append(given.get("href") or "")
        self._in_article |= tag == "article"
        if self._in_article and tag in self.parts:
            self.parts[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        self._in_article &= tag != "article"


@pytest.mark.slow
def test_the_site_is_whole_and_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    pytest.importorskip("mkdocs", reason="the site is built with the extra `docs`")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(tmp_path)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=REPO, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    for style in tmp_path.rglob("*.css"):
        assert not re.search(r"(url\(|@import)\s*[\"']?(https?:)?//", style.read_text()), style
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        built = (tmp_path / page.relative_to(DOCS).with_suffix(".html")).read_text(encoding="utf-8")
        site = Site(built)
        assert [one for one in site.loaded if urlsplit(one).netloc] == []
        assert "mermaid" not in built, "the theme loads what draws it from elsewhere"
        assert "Sentinel" not in built
        if not GENERATED.search(text):
            # The site reads Markdown a little otherwise than GitHub, above all in lists.
            expected = Site(f"<article>{MARKDOWN.render(text)}</article>").parts
            assert site.parts == expected, page
