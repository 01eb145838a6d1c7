"""The page that students read: what it says, that nothing in it runs, that it can be read."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from nbgrader.api import Gradebook
from pygments.styles import get_style_by_name
from pygments.token import Token
from sqlalchemy import event
from sqlalchemy.engine import Engine

from glovebox import feedbackpage
from glovebox.annotate import annotate
from glovebox.feedbackpage import feedback_page
from glovebox.figures import lines, rows
from glovebox.gradebook import record
from glovebox.marks import CellMark, NotebookMarks, read_notebook_marks
from glovebox.verdict import CheckRecord, NotebookVerdict, Oddity, Outcome
from tests.glovebox.gradebooks import new_gradebook

TEMPLATES = Path(feedbackpage.__file__).parent / "templates"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def check(name: str, cell: str, outcome: Outcome, points: float, **fields: Any) -> CheckRecord:
    title = f"Title of {name}"
    return CheckRecord(f"test_{name}", title, cell, outcome, points, 1.5, **fields)


VERDICT = NotebookVerdict(
    "tiny",
    checks=(
        check("one", "test-double", Outcome.PASSED, 1.5),
        check(
            "two", "test-double", Outcome.FAILED, 0.0, message="given:    x=[1]\nbut got:  7",
            hint="Twice is two times.", detail="trainer's traceback",
        ),
        check("three", "test-mean", Outcome.FAILED, 0.75, message="Half of it is right."),
        check("four", "test-mean", Outcome.NOT_RUN, 0.0, message="Not run."),
        check("five", "test-mean", Outcome.ERROR, 0.0, message="could not decide"),
    ),
    oddities=(Oddity("time", "`double` took longer than 10 seconds."),),
)  # fmt: skip


class Page(HTMLParser):
    """What a browser would see: the text, and what could do something."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.tags, self.attributes = "", set[str](), list[tuple[str, str, str]]()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data

    def values(self, name: str) -> list[str]:
        return [value for _, known, value in self.attributes if known == name]


def squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.fixture
def graded(handed_in: Any) -> NotebookNode:
    notebook: NotebookNode = nbformat.reads(json.dumps(handed_in), as_version=4)
    annotate(notebook, VERDICT)
    return notebook


def page_of(
    notebook: NotebookNode,
    marks: NotebookMarks | None = None,
    verdict: NotebookVerdict | None = VERDICT,
) -> str:
    return feedback_page(notebook, verdict, marks or NotebookMarks(), assignment="tiny")


def test_every_check_is_there_with_what_helps(graded: NotebookNode) -> None:
    html = page_of(graded)
    text = squeeze(Page(html).text)
    assert "2.25 of 9 points" in text
    assert "✓ Title of one passed 1.5 of 1.5" in text
    assert "✗ Title of two not yet right 0 of 1.5 given: x=[1] but got: 7" in text
    assert "Hint: Twice is two times." in text
    assert "◐ Title of three right in part 0.75 of 1.5" in text
    assert "– Title of four not run" in text
    assert "? Title of five a person will look at it" in text
    assert "double took longer than 10 seconds." in text
    assert "def double(x):" in text
    assert "trainer" not in html
    # Our tables and what we noticed are not shown twice.
    assert text.count("Title of two") == 1
    assert text.count("took longer") == 1


def test_what_was_noticed_is_told_to_the_student(graded: NotebookNode) -> None:
    kept = "ours was used, and the changed copies were kept as the student's own cells."
    oddities = (
        Oddity("unreadable", "the notebook is no JSON (line 1); all is empty. Ask for it again."),
        Oddity("flags", 'answer cell "a" has other flags (grade, locked); ours count.'),
        Oddity("checksum", 'answer cell "b" has another checksum; ours counts.'),
        Oddity("other-notebook", '"our-own.ipynb" holds our cells too; only "x.ipynb" was graded.'),
        *(Oddity("duplicate", f'test cell "t{n}" appears twice; {kept}') for n in range(10)),
        Oddity("reordered", "our cells were re-ordered; they were run in our order."),
    )
    text = squeeze(Page(page_of(graded, verdict=replace(VERDICT, oddities=oddities))).text)
    noticed = text.split("What the grader noticed")[1].split("Exercise by exercise")[0]
    assert "The notebook is no JSON; every answer was graded as empty, so save it" in noticed
    assert "Ask for it" not in noticed
    assert "the instructor's was used, and the changed copies were kept as your own" in noticed
    assert noticed.count("appears twice") == 8
    assert "2 more of this kind are not shown here." in noticed
    assert noticed.count("Hidden labels of some cells were not the released ones") == 1
    assert '"our-own.ipynb" holds the released cells too;' in noticed
    assert "The released cells were re-ordered; they were run in the released order." in noticed


def test_links_lead_somewhere(graded: NotebookNode) -> None:
    page = Page(page_of(graded))
    names = page.values("id")
    assert len(names) == len(set(names))
    links = [link for link in page.values("href") if link.startswith("#")]
    assert "#cell-double" in links
    assert "#exercise-test-double" in links
    assert {link[1:] for link in links} <= set(names)
    assert set(page.values("aria-labelledby")) <= set(names)


def test_marks_of_the_gradebook_count(graded: NotebookNode) -> None:
    marks = NotebookMarks(
        cells={
            "test-double": CellMark(2.0, 3.0, by_hand=True),
            "test-mean": CellMark(0.75, 4.5, waiting=True),
            "explain": CellMark(0.0, 4.0, waiting=True),
        },
        comments={"explain": f"Think of **weights**. {SCRIPT}", "double": "As agreed."},
        late_penalty=0.5,
    )
    text = squeeze(Page(page_of(graded, marks)).text)
    assert "2.25 of 11.5 points" in text
    assert "which cost 0.5 points" in text
    assert "A person has not marked everything yet" in text
    assert "A person gave other points than the checks below. As agreed." in text
    assert "A person will look at this." in text
    assert "– of 4 Waiting for a person to mark it. Think of weights." in text
    not_right = text.split("Not all right yet:")[1].split("It came late")[0]
    assert "(2 of 3)" in not_right
    assert "of 4)" not in not_right  # nobody has looked at it


def test_a_notebook_that_others_graded_has_a_page(handed_in: Any) -> None:
    notebook = nbformat.reads(json.dumps(handed_in), as_version=4)
    text = squeeze(Page(page_of(notebook, verdict=None)).text)
    assert "0 of 9 points" in text
    assert "What the grader noticed" not in text


def hostile(notebook: NotebookNode) -> None:
    """Put markup and scripts wherever a student's text can come to stand."""
    outputs = [
        new_output("stream", text=SCRIPT),
        new_output("stream", text="\x1b[38;5;28mgreen\x1b[0m <b>"),
        new_output("display_data", data={"text/html": SCRIPT, "text/plain": ""}),
        new_output("display_data", data={"text/plain": SCRIPT}),
        new_output("display_data", data={"image/svg+xml": f"<svg onload=alert(3)>{SCRIPT}</svg>"}),
        new_output("display_data", data={"application/javascript": "alert(4)"}),
        new_output(
            "display_data", data={"image/png": 'AA"onload="alert(5)', "text/plain": f'">{SCRIPT}'}
        ),
        new_output("error", ename=SCRIPT, evalue=SCRIPT, traceback=[SCRIPT, "\x1b[31mred"]),
    ]
    notebook.cells += [
        new_code_cell(f"'''{SCRIPT}'''", outputs=outputs),
        new_markdown_cell(f"# {SCRIPT}\n\n[x](javascript:alert(6)) ![y](http://example.org/y.png)"),
        new_markdown_cell("<style>body {display: none}</style><iframe src='http://x'></iframe>"),
    ]


def test_nothing_runs_and_nothing_is_fetched(graded: NotebookNode) -> None:
    hostile(graded)
    graded.cells[0].source = f"# {SCRIPT}"
    verdict = NotebookVerdict(
        "tiny",
        checks=(check("one", "test-mean", Outcome.FAILED, 0.0, message=SCRIPT, hint=SCRIPT),),
        oddities=(Oddity("x", f"`{SCRIPT}` {SCRIPT}"),),
    )
    comment = NotebookMarks(comments={"explain": SCRIPT})
    page = Page(page_of(graded, comment, verdict=verdict))
    assert not page.tags & {"script", "iframe", "svg", "object", "embed", "form", "link", "base"}
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    assert not page.values("style")
    assert page.tags >= {"style", "img"}
    assert [tag for tag, name, _ in page.attributes if name == "content"] == ["meta", "meta"]
    for address in page.values("src") + page.values("href"):
        assert address == "" or address.startswith(("data:image/", "#"))


def test_the_policy_lets_in_our_style_and_nothing_else(graded: NotebookNode) -> None:
    html = page_of(graded)
    style = html.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = [value for value in Page(html).values("content") if "default-src" in value]
    assert policy.startswith(f"default-src 'none'; img-src data:; style-src 'sha256-{digest}';")


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb or #rgb. Source: WCAG 2.1, https://www.w3.org/TR/WCAG21/."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_every_text_stands_out_from_its_paper() -> None:
    palettes = re.findall(r":root \{(.*?)\}", (TEMPLATES / "style.css").read_text(), re.DOTALL)
    assert len(palettes) == 3  # light, dark, print
    for palette in palettes:
        colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6});", palette))
        papers, inks = ("paper", "panel"), ("ink", "quiet", "link", "good", "bad", "doubt")
        for paper, ink in itertools.product(papers, inks):
            assert contrast(colours[paper], colours[ink]) >= 4.5, (paper, ink)


@pytest.mark.parametrize("name", [feedbackpage.LIGHT, feedbackpage.DARK])
def test_code_stands_out_from_its_paper(name: str) -> None:
    style = get_style_by_name(name)
    for token, look in style:
        if look["color"] and token not in Token.Text.Whitespace:
            paper = f"#{look['bgcolor']}" if look["bgcolor"] else style.background_color
            assert contrast(paper, f"#{look['color']}") >= 4.5, token


@pytest.fixture
def gradebook(tmp_path: Path) -> str:
    """The address of a gradebook with one graded submission, marked and commented by hand."""
    url = new_gradebook(tmp_path / "gradebook.db")
    with Gradebook(url, "course") as book:
        book.add_assignment("tiny")
        book.add_notebook("tiny", "tiny")
        for name, points, kind in (
            ("test-double", 3, "code"), ("test-mean", 4.5, "code"), ("explain", 4, "markdown"),
        ):  # fmt: skip
            book.add_grade_cell(name, "tiny", "tiny", max_score=points, cell_type=kind)
        for name in ("double", "mean", "explain"):
            book.add_solution_cell(name, "tiny", "tiny")
        book.add_task_cell("task", "tiny", "tiny", max_score=2, cell_type="markdown")
    record(url, "course", "tiny", "ann", [VERDICT])
    with Gradebook(url, "course") as book:
        grade = book.find_grade("test-double", "tiny", "tiny", "ann")
        grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 2.0, 0.5, False
        book.find_comment("double", "tiny", "tiny", "ann").manual_comment = "As agreed."
        book.find_submission_notebook("tiny", "tiny", "ann").late_submission_penalty = 0.25
        book.db.commit()
    return url


def test_marks_are_read_from_the_gradebook(gradebook: str) -> None:
    marks = read_notebook_marks(gradebook, "course", "tiny", "tiny", "ann")
    assert marks.cells == {
        "test-double": CellMark(2.5, 3.0, by_hand=True),
        "test-mean": CellMark(0.75, 4.5, waiting=True),
        "explain": CellMark(0.0, 4.0, waiting=True),
        "task": CellMark(0.0, 2.0, waiting=True),
    }
    assert marks.comments == {"double": "As agreed."}
    assert (marks.points, marks.max_points, marks.waiting) == (3.0, 13.5, True)
    assert read_notebook_marks(gradebook, "course", "tiny", "tiny", "bob") == NotebookMarks()


def test_marks_take_three_queries(gradebook: str) -> None:
    asked: list[str] = []

    def note(*arguments: Any) -> None:
        if "FROM" in arguments[2] and "alembic" not in arguments[2]:
            asked.append(arguments[2])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        read_notebook_marks(gradebook, "course", "tiny", "tiny", "ann")
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    queries = [query for query in asked if "sqlite_master" not in query and "PRAGMA" not in query]
    # Opening a gradebook looks for its course, too.
    assert len([query for query in queries if "FROM course" not in query]) == 3


def test_figures_are_drawn_and_described(graded: NotebookNode) -> None:
    curves = lines(
        f"Accuracy {SCRIPT}", {"training": [0.5, 0.9], "validation": [0.6, 0.7]}, x="epoch",
        bands={"validation": [(0.5, 0.7), (0.6, 0.8)]},
    )  # fmt: skip
    table = rows("The rows", ["right", SCRIPT], good=["right"])
    shown = check("one", "test-double", Outcome.PASSED, 1.5, figures=(curves, table))
    html = page_of(graded, verdict=NotebookVerdict("tiny", checks=(shown,)))
    page = Page(html)
    assert page.tags >= {"figure", "polyline", "circle", "polygon", "rect"}
    assert "script" not in page.tags
    text = squeeze(page.text)
    assert "validation: from 0.6 to 0.7; usual at the end: 0.6 to 0.8" in text
    assert f"Not as they should be: row 1: {SCRIPT}." in text
    assert not page.values("style")
    # What is not referred to by anything is not in a page.
    assert "<svg" not in page_of(graded)


def shown_by(html: str) -> tuple[set[str], set[str]]:
    """The classes of the shapes in a page's pictures, and in its legends."""
    figures = html.partition("<figure>")[2]
    pictures = re.findall(r"<svg viewBox.*?</svg>", figures, re.DOTALL)
    keys = re.findall(r'<svg class="key".*?</svg>', figures, re.DOTALL)
    inside = r'<(?:rect|polyline|polygon|circle) class="([^"]*)"'
    return (set(re.findall(inside, "".join(pictures))), set(re.findall(inside, "".join(keys))))


def rules_of(style: str) -> dict[str, dict[str, str]]:
    """What a style sheet says of each single class, apart from media."""
    found: dict[str, dict[str, str]] = {}
    for selectors, body in re.findall(r"^([^{}@]+)\{([^{}]*)\}", style, re.MULTILINE):
        said = dict(part.strip().split(": ", 1) for part in body.split(";") if part.strip())
        for selector in selectors.split(","):
            found.setdefault(selector.strip(), {}).update(said)
    return found


def test_a_legend_shows_what_the_picture_shows(graded: NotebookNode) -> None:
    curves = lines(
        "Accuracy", {f"line {n}": [n, n + 1.0] for n in range(8)}, x="epoch",
        bands={f"line {n}": [(n, n + 1.0)] * 2 for n in range(4)},
    )  # fmt: skip
    table = rows("The rows", "abcdefgh", good="abc")
    shown = check("one", "test-double", Outcome.PASSED, 1.5, figures=(curves, table))
    html = page_of(graded, verdict=NotebookVerdict("tiny", checks=(shown,)))
    picture, legend = shown_by(html)
    assert picture == legend
    assert len(legend) == 8 + 4 + 8
    assert not {"●", "―", "▒"} & set(html)

    # Without colours, too, no two of them are alike.
    rules = rules_of((TEMPLATES / "feedback.css").read_text())
    fills = [rules[f".{name.split()[-1]}"].get("fill") for name in legend if "line" not in name]
    assert None not in fills
    assert len(set(fills)) == len(fills) == 12
    dashes = [rules[f".line{number}"].get("stroke-dasharray") for number in range(1, 8)]
    assert len(set(dashes)) == 7
    page = Page(html)
    patterns = {fill[5:-1] for fill in fills if fill and fill.startswith("url")}
    assert patterns <= set(page.values("id"))
    shapes = re.findall(r"<pattern id=\"pattern-(\w+)\d\".*?<path d=\"(.*?)\"", html)
    assert len(shapes) == len(set(shapes)) == len(patterns)


@pytest.mark.parametrize(
    ("values", "shapes"),
    [
        ([0.5], {"circle"}),
        ([0.5, None, 0.7], {"circle"}),
        ([0.5, 0.6], {"polyline"}),
        ([0.5, 0.6, None, 0.7], {"circle", "polyline"}),
    ],
)
def test_a_legend_shows_points_that_stand_alone(
    graded: NotebookNode, values: list[float | None], shapes: set[str]
) -> None:
    curves = lines("Accuracy", {"training": [0.5], "validation": values}, x="epoch")
    shown = check("one", "test-double", Outcome.PASSED, 1.5, figures=(curves,))
    html = page_of(graded, verdict=NotebookVerdict("tiny", checks=(shown,)))
    picture, _, legend = html.partition("<figure>")[2].partition("<ul")
    for part in (picture, legend.partition("</ul>")[0]):
        assert set(re.findall(r'<(\w+) class="line1"', part)) == shapes


def test_letters_of_pictures_can_be_read_on_a_phone() -> None:
    # Of 320 pixels 40 go to the edges of a page, and in the feedback 34 to those of an exercise.
    for sheet, width, room in (("feedback.css", 360, 246), ("report/report.css", 420, 280)):
        narrow = (TEMPLATES / sheet).read_text().partition("(max-width: 34rem)")[2]
        size = re.search(r"text \{ font-size: (\d+)px", narrow)
        assert size is not None
        assert int(size[1]) * room / width >= 9.9


def test_exercises_of_one_heading_are_told_apart(
    graded: NotebookNode, find: Callable[[Any, str], Any]
) -> None:
    find(graded, "question-mean")["source"] = "### Exercise 2 · The `mean` (4.5 points)"
    page = page_of(graded)
    titles = re.findall(r'id="title-[^"]*">\s*<span>(.*?)</span>', page)
    assert titles == ["Doubles and means", "Exercise 2 · The mean", "explain"]
