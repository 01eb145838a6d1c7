"""The instructor's report: read from a graded class, written as pages, tables and JSON."""

from __future__ import annotations

import base64
import csv
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from nbgrader.api import Gradebook
from sqlalchemy import event
from sqlalchemy.engine import Engine

from glovebox.cli import main
from glovebox.gradebook import NoGradebook
from glovebox.report.build import build_report
from glovebox.report.marks import read_book
from glovebox.report.pages import write_report
from glovebox.report.reading import NothingToReport, read_graded
from tests.glovebox.reportclass import COURSE, ReportClass, make_class

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")

EVIL = [
    "<img src=x onerror=alert(1)>",
    "=cmd|calc!A1",
    '"><svg onload=alert(2)>',
    "‮gnp.exe",
    "{{ 7*7 }}{% raise %}",
    "' onmouseover='alert(3)",
]
SAID = [
    "</pre></style></script><script>alert(5)</script>",
    '\x1b[2J <iframe src="http://example.org">',
    "@SUM(A1) <style>*{display:none}</style>",
]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> ReportClass:
    """A class of 24 with two assignments."""
    return make_class(tmp_path_factory.mktemp("small"), 24, 2)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on a class with hostile names and messages."""
    root = tmp_path_factory.mktemp("hostile")

    def name(number: int) -> str:
        return EVIL[number - 1] if number <= len(EVIL) else f"student-{number}"

    make_class(root, 16, 1, rename=name, messages=SAID)
    write_report(build_report(root), root / "report")
    return root / "report"


class Page(HTMLParser):
    """What a browser finds in a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, str] = {}
        self.text = ""
        self._open = ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open in ("script", "style"):
            self.inside[self._open] = self.inside.get(self._open, "") + data
        else:
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def pages(folder: Path) -> dict[Path, Page]:
    return {path: Page(path) for path in sorted(folder.rglob("*.html"))}


def test_pages_hold_no_markup_of_students(hostile: Path) -> None:
    for path, page in pages(hostile).items():
        assert len(page.all("script")) == len(page.all("style")) == 1, path
        names = {tag for tag, _ in page.tags}
        assert not names & {"img", "iframe", "object", "embed", "base", "form", "link"}
        for _, attributes in page.tags:
            assert not [name for name in attributes if name.startswith("on") or name == "style"]
        assert "‮" not in page.text
        assert "\x1b" not in page.text
    index = pages(hostile)[hostile / "index.html"].text
    assert all(name.replace("‮", "\\u202e") in index for name in EVIL)
    about = pages(hostile)[hostile / "assignments" / "task_1.html"].text
    assert all(said.replace("\x1b", "\\x1b") in about for said in SAID)


def test_a_browser_may_run_nothing_else(hostile: Path) -> None:
    for page in pages(hostile).values():
        (policy,) = (
            str(one["content"])
            for one in page.all("meta")
            if one.get("http-equiv") == "Content-Security-Policy"
        )
        directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
        assert directives["default-src"] == "'none'"
        for tag in ("script", "style"):
            digest = base64.b64encode(hashlib.sha256(page.inside[tag].encode()).digest()).decode()
            assert directives[f"{tag}-src"] == f"'sha256-{digest}'"
        assert "unsafe" not in policy
        # All other meta elements come after it, or are about the encoding.
        metas = page.all("meta")
        assert "http-equiv" in metas[1]


def test_links_lead_somewhere_near(hostile: Path) -> None:
    for path, page in pages(hostile).items():
        ids = {attributes["id"] for _, attributes in page.tags if attributes.get("id")}
        links = [str(one["href"]) for one in page.all("a")]
        assert links
        for link in links:
            place, _, fragment = link.partition("#")
            assert not re.match(r"[a-z]+:|/", place)
            if place:
                assert (path.parent / unquote(place)).is_file(), link
            elif fragment:
                assert fragment in ids


def test_no_cell_of_a_table_is_a_formula(hostile: Path) -> None:
    for path in hostile.glob("*.csv"):
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        assert {len(row) for row in rows} == {len(rows[0])}
        for row in rows[1:]:
            for value in row:
                numeric = re.fullmatch(r"-?[\d.e+-]+", value)
                assert numeric or not value.startswith(("=", "+", "-", "@", "\t", "\r")), value
    students = (hostile / "students.csv").read_text(encoding="utf-8")
    assert "'=cmd|calc!A1" in students


def test_pages_can_be_read_by_everybody(hostile: Path) -> None:
    for page in pages(hostile).values():
        assert page.all("html") == [{"lang": "en"}]
        assert len(page.all("h1")) == len(page.all("main")) == 1
        for svg in page.all("svg"):
            assert svg.get("role") == "img" or svg.get("aria-hidden") == "true"
            for label in str(svg.get("aria-labelledby") or "").split():
                assert label in {attributes.get("id") for _, attributes in page.tags}
        for heading in page.all("th"):
            assert heading.get("scope") in ("col", "row")


def test_it_holds_the_marks_of_the_class(small: ReportClass) -> None:
    made = build_report(small.root)
    assert [about.name for about in made.assignments] == list(small.assignments)
    with Gradebook(small.db_url, COURSE) as gradebook:
        for about in made.assignments:
            assert about.graded.planned.max_score == 15
            known = {one.student.id: one for one in gradebook.assignment_submissions(about.name)}
            assert {one.student for one in about.submissions} == set(known)
            for one in about.submissions:
                theirs = known[one.student]
                assert one.entry is not None
                penalty = sum(book.late_submission_penalty or 0 for book in theirs.notebooks)
                assert one.score == pytest.approx(max(0, theirs.score - penalty))
                assert one.entry.seconds_late == theirs.total_seconds_late
                assert one.waits == theirs.needs_manual_grade
                assert one.in_doubt == any(verdict.needs_review for verdict in one.verdicts)
            assert sum(bar.number for bar in about.bars) == len(known)
            assert {one.student for one in about.late} == {
                student for student, theirs in known.items() if theirs.total_seconds_late > 0
            }
            planted = {pair for pair in small.copied if pair[0] == about.name}
            (comparison,) = about.comparisons
            found = {(about.name, pair.first, pair.second) for pair in comparison.pairs}
            assert planted <= found
            assert len(found) <= len(planted) + 2


def test_a_person_who_has_looked_is_not_asked_again(tmp_path: Path) -> None:
    made = make_class(tmp_path, 30, 1, seed=5)
    before = build_report(tmp_path).assignments[0]
    assert before.in_doubt
    student = before.in_doubt[0].student
    with Gradebook(made.db_url, COURSE) as gradebook:
        for notebook in gradebook.find_submission("task_1", student).notebooks:
            for grade in notebook.grades:
                grade.manual_score, grade.needs_manual_grade = 1.0, False
        gradebook.db.commit()
    after = build_report(tmp_path).assignments[0]
    assert {one.student for one in before.in_doubt} - {one.student for one in after.in_doubt} == {
        student
    }
    assert [one.review for one in after.findings if one.student == student] == [False]


def test_a_larger_class_takes_no_more_queries(small: ReportClass, tmp_path: Path) -> None:
    asked: list[str] = []

    def note(*arguments: Any) -> None:
        # Opening a gradebook looks for its tables first, and makes what is missing.
        if re.search(r"\bFROM (student|assignment|submitted_assignment|grade)\b", arguments[2]):
            asked.append(arguments[2])

    larger = make_class(tmp_path, 30, 2)
    numbers = []
    event.listen(Engine, "before_cursor_execute", note)
    try:
        for one in (small, larger):
            asked.clear()
            read_book(one.db_url, COURSE)
            numbers.append(len(asked))
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert numbers == [6, 6]


def test_what_could_not_be_read_is_named(tmp_path: Path) -> None:
    made = make_class(tmp_path, 8, 1)
    graded = tmp_path / "autograded"
    (graded / made.students[0] / "task_1" / "task_1.verdict.json").write_text("{")
    (graded / made.students[1] / "task_1" / "task_1.verdict.json").unlink()
    (tmp_path / "submitted" / "newcomer" / "task_1").mkdir(parents=True)
    report = build_report(tmp_path)
    problems = report.problems
    assert len(problems) == 3
    assert any("its verdict cannot be read" in one for one in problems)
    assert sum("not graded yet; `glovebox autograde task_1` does that." in p for p in problems) == 2
    assert report.submissions["task_1", "newcomer"].score is None
    result = CliRunner().invoke(main, ["report", "--course", str(tmp_path)])
    assert result.exit_code == 1
    assert "not graded yet" in result.stderr
    index = (tmp_path / "report" / "index.html").read_text()
    assert "newcomer" in index


def test_more_time_by_the_list_of_the_late_policy_counts(tmp_path: Path) -> None:
    make_class(tmp_path, 12, 1, seed=3)
    before = {one.student for one in build_report(tmp_path).assignments[0].late}
    student = min(before)
    with (tmp_path / "nbgrader_config.py").open("a") as config:
        config.write(
            '\nc.AssignLatePenalties.plugin_class = "glovebox.late.LatePolicy"\n'
            f"c.LatePolicy.extensions = {str(tmp_path / 'extensions.csv')!r}\n"
        )
    (tmp_path / "extensions.csv").write_text(f"student,assignment,hours\n{student},*,9999\n")
    report = build_report(tmp_path)
    assert {one.student for one in report.assignments[0].late} == before - {student}
    assert report.problems == []
    (tmp_path / "extensions.csv").unlink()
    report = build_report(tmp_path)
    assert {one.student for one in report.assignments[0].late} == before
    (problem,) = report.problems
    assert problem.endswith(
        "No such file or directory. The report counts no extensions of the list."
    )


def test_the_command(small: ReportClass, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    arguments = ["report", "--course", str(small.root), "--to", str(folder)]
    result = CliRunner().invoke(main, [*arguments, "task_2"])
    assert result.exit_code == 0, result.output
    assert str(folder / "index.html") in result.stdout
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    tables = {"students.csv", "checks.csv", "mistakes.csv", "similar.csv"}
    assert names == {"index.html", "assignments/task_2.html", *tables}
    result = CliRunner().invoke(main, [*arguments, "--json"])
    assert result.exit_code == 0
    said = json.loads(result.stdout)
    assert [one["name"] for one in said["assignments"]] == ["task_1", "task_2"]
    about = said["assignments"][0]
    assert (
        about["handed_in"] == len(about["scores"]) == sum(b["number"] for b in about["histogram"])
    )
    assert {tuple(pair["students"]) for one in about["similar"] for pair in one["pairs"]} >= {
        pair[1:] for pair in small.copied if pair[0] == "task_1"
    }
    result = CliRunner().invoke(main, [*arguments, "nothing"])
    assert result.exit_code == 2
    assert "there is no such assignment" in result.stderr


def test_there_must_be_something_to_report(tmp_path: Path) -> None:
    made = make_class(tmp_path, 5, 2)
    for one in made.students:
        (tmp_path / "submitted" / one / "task_2").rename(tmp_path / "submitted" / one / "other")
    with Gradebook(made.db_url, COURSE) as gradebook:
        for one in gradebook.assignment_submissions("task_2"):
            gradebook.db.delete(one)
        gradebook.db.commit()
    for path in (tmp_path / "autograded").glob("*/task_2"):
        path.rename(path.with_name("other"))
    assert [one.name for one in read_graded(tmp_path).assignments] == ["task_1"]
    with pytest.raises(NothingToReport, match="task_2: nobody has handed anything in"):
        read_graded(tmp_path, ["task_2"])
    (tmp_path / "gradebook.db").unlink()
    with pytest.raises(NoGradebook):
        read_graded(tmp_path)


def test_a_report_is_replaced_page_by_page(small: ReportClass, tmp_path: Path) -> None:
    made = build_report(small.root)
    page = write_report(made, tmp_path)
    page.write_text("old")
    (tmp_path / "notes.txt").write_text("the instructor's own")
    assert write_report(made, tmp_path) == page
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert (tmp_path / "notes.txt").exists()


@pytest.mark.slow
def test_a_class_of_three_hundred(tmp_path: Path) -> None:
    made = make_class(tmp_path, 300, 5, copies=3)
    report = build_report(tmp_path)
    write_report(report, tmp_path / "report")
    for about in report.assignments:
        (comparison,) = about.comparisons
        found = {(about.name, pair.first, pair.second) for pair in comparison.pairs}
        planted = {pair for pair in made.copied if pair[0] == about.name}
        assert len(found & planted) >= 2
        assert len(found - planted) <= 3
    page = Page(tmp_path / "report" / "index.html")
    assert sum("data-flags" in row for row in page.all("tr")) == 300
