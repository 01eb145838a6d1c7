"""Marks for Canvas and Moodle: into the right rows of their own tables, and into no other."""

from __future__ import annotations

import csv
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook

from glovebox.gradebook import record
from glovebox.lms import CanvasExport, LmsError, MoodleExport
from glovebox.verdict import CheckRecord, NotebookVerdict, Outcome
from tests.glovebox.gradebooks import new_gradebook

COURSE = "tiny_course"
CANVAS = """\
\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Tokenizer (71),glove_matrix (72),Final Score
    Points Possible,,,,,25,20,(read only)
"Berg, Ann",501,u-17,ann@school.org,A,,,80
"Cole, Bob",502,bob,rc9,A,3,4,70
"Dorn, Eve",503,,eve,B,,,60
"Student, Test",504,,8f2,A,,,0
"""
MOODLE = """First name;Last name;ID number;Email address;Assignment: tokenizer (Real);Course total
Ann;Berg;;Ann@School.org;-;10
Bob;Cole;bob;rob@school.org;-;10
Zoe;Zorn;;zoe@school.org;-;10
"""

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


@pytest.fixture
def db(tmp_path: Path) -> str:
    """Ann has 2.5 and 3 points, Bob 1 that a person must look at, and Dave is nobody's row."""
    url = new_gradebook(tmp_path / "gradebook.db")
    with Gradebook(url, COURSE) as gradebook:
        for name in ("tokenizer", "glove_matrix"):
            gradebook.add_assignment(name)
            gradebook.add_notebook(name, name)
            gradebook.add_grade_cell("test-a", name, name, max_score=3, cell_type="code")
        gradebook.add_student("eve")
        gradebook.add_student("ann", email="ann@school.org")

    def mark(assignment: str, student: str, points: float) -> None:
        checks = (CheckRecord("a", "a", "test-a", Outcome.PASSED, points, 3),)
        record(url, COURSE, assignment, student, [NotebookVerdict(assignment, checks)])

    mark("tokenizer", "ann", 2.5)
    mark("glove_matrix", "ann", 3)
    mark("tokenizer", "bob", 1)
    mark("tokenizer", "dave", 3)
    with Gradebook(url, COURSE) as gradebook:
        gradebook.find_grade("test-a", "tokenizer", "tokenizer", "bob").needs_manual_grade = True
        gradebook.db.commit()
    return url


@pytest.fixture
def export(
    db: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> Callable[..., list[list[str]]]:
    """Export with a roster; the table that was written."""

    def run(plugin: Any, roster: str | bytes, **settings: Any) -> list[list[str]]:
        path, target = tmp_path / "roster.csv", tmp_path / "upload.csv"
        path.write_bytes(roster if isinstance(roster, bytes) else roster.encode())
        made = plugin(roster=str(path), to=str(target), **settings)
        caplog.set_level(logging.WARNING, made.log.name)
        with Gradebook(db, COURSE) as gradebook:
            made.write(gradebook)
        separator = ";" if ";" in target.read_text() else ","
        with target.open(newline="", encoding="utf-8") as file:
            return list(csv.reader(file, delimiter=separator))

    return run


def test_canvas_gets_its_own_table_back(
    export: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    table = export(CanvasExport, CANVAS)
    assert table == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Tokenizer (71)",
         "glove_matrix (72)"],
        ["    Points Possible", "", "", "", "", "25", "20"],
        ["Berg, Ann", "501", "u-17", "ann@school.org", "A", "2.5", "3"],
        # Bob's waits for a person, and Eve has handed nothing in: Canvas keeps what it has.
        ["Cole, Bob", "502", "bob", "rc9", "A", "3", "4"],
        ["Dorn, Eve", "503", "", "eve", "B", "", ""],
        ["Student, Test", "504", "", "8f2", "A", "", ""],
    ]  # fmt: skip
    said = caplog.text
    assert "Student, Test 504 8f2 A" in " ".join(said.split())
    assert "not in the gradebook; left as it is" in said
    assert "dave is not in" in said
    assert "still wait for a person: 1 score (" in said


def test_what_was_exported_can_be_the_next_roster(
    export: Callable[..., Any], tmp_path: Path
) -> None:
    table = export(CanvasExport, CANVAS)
    again = export(CanvasExport, (tmp_path / "upload.csv").read_bytes())
    assert again == table


def test_moodle_gets_its_own_table_back(export: Callable[..., Any]) -> None:
    assert export(MoodleExport, MOODLE, unfinished=True) == [
        ["First name", "Last name", "ID number", "Email address", "Assignment: tokenizer (Real)"],
        ["Ann", "Berg", "", "Ann@School.org", "2.5"],
        ["Bob", "Cole", "bob", "rob@school.org", "1"],
        ["Zoe", "Zorn", "", "zoe@school.org", "-"],
    ]


def test_only_some_students_and_assignments(export: Callable[..., Any]) -> None:
    table = export(CanvasExport, CANVAS, assignment=["glove_matrix"], student=["eve"])
    assert [row[5:] for row in table] == [["glove_matrix (72)"], ["20"], [""], ["4"], [""], [""]]


def test_columns_and_ids_may_be_named(export: Callable[..., Any]) -> None:
    roster = "Student,ID,Login,HW 1 (9)\nAnn,1,ann,\nBob,2,nobody,\n"
    table = export(
        CanvasExport, roster, columns={"tokenizer": "hw 1 (9)"}, identity="Login", unfinished=True
    )
    assert table == [["Student", "ID", "HW 1 (9)"], ["Ann", "1", "2.5"], ["Bob", "2", ""]]


def test_who_could_be_two_is_neither(
    export: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    rows = '"Berg, Anna",505,,ann@other.org,B,,,0\n"Dorn, Eva",506,,eve@one.org,B,,,0\n'
    table = export(CanvasExport, CANVAS.replace(",eve,", ",eve@two.org,") + rows)
    marks = {row[0]: row[5:] for row in table}
    # Ann's address is in the gradebook, Anna's only looks like her id.
    assert (marks["Berg, Ann"], marks["Berg, Anna"]) == (["2.5", "3"], ["", ""])
    assert (marks["Dorn, Eve"], marks["Dorn, Eva"]) == (["", ""], ["", ""])
    assert caplog.text.count("another row is about the same student") == 2


@pytest.mark.parametrize(
    ("roster", "settings", "said"),
    [
        ("", {}, "holds no students"),
        ("Student,ID,SIS Login ID\nAnn,1,ann\n", {}, "no column for any assignment"),
        ("Student,ID,tokenizer (1)\nAnn,1,\n", {}, "none of the columns SIS Login ID"),
        ("SIS Login ID,tokenizer (1),tokenizer (2)\nann,,\n", {"assignment": ["tokenizer"]},
         "several columns for tokenizer"),
        ("SIS Login ID,tokenizer (1)\nann,\n", {"columns": {"tokenizer": "HW"}}, "no column 'HW'"),
        (b"\xff\xfe", {}, "not UTF-8 text"),
    ],
)  # fmt: skip
def test_a_roster_that_does_not_fit_is_one_sentence(
    export: Callable[..., Any], roster: str | bytes, settings: dict[str, Any], said: str
) -> None:
    with pytest.raises(LmsError, match=said):
        export(CanvasExport, roster, **settings)


def test_a_mistake_ends_the_command_without_a_traceback(
    db: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Gradebook(db, COURSE) as gradebook:
        for settings in ({}, {"roster": str(tmp_path / "nowhere.csv")}):
            with pytest.raises(SystemExit):
                MoodleExport(**settings).export(gradebook)
