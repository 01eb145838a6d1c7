"""The exported table: nbgrader's, quoted, and in as many queries for one student as for many."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook
from nbgrader.plugins import CsvExportPlugin
from sqlalchemy import event

from glovebox.export import CsvExport
from glovebox.gradebook import record
from glovebox.verdict import CheckRecord, NotebookVerdict, Outcome
from tests.glovebox.gradebooks import new_gradebook

COURSE = "tiny_course"

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


@pytest.fixture
def db(tmp_path: Path) -> str:
    """A gradebook of two assignments, of three notebooks, in which nobody has any marks."""
    url = new_gradebook(tmp_path / "gradebook.db")
    with Gradebook(url, COURSE) as gradebook:
        for assignment, notebooks in (("second", ["two"]), ("first", ["one", "more"])):
            gradebook.add_assignment(assignment)
            for notebook in notebooks:
                gradebook.add_notebook(notebook, assignment)
                for cell in ("test-a", "test-b"):
                    gradebook.add_grade_cell(
                        cell, notebook, assignment, max_score=3, cell_type="code"
                    )
        gradebook.update_or_create_assignment("first", duedate="2026-01-01 00:00:00 UTC")
    return url


def mark(db: str, assignment: str, notebook: str, student: str, *points: float) -> None:
    checks = tuple(
        CheckRecord(cell, cell, cell, Outcome.PASSED, worth, 3)
        for cell, worth in zip(("test-a", "test-b"), points, strict=True)
    )
    late = datetime.datetime(2026, 1, 1, 1)
    record(
        db, COURSE, assignment, student, [NotebookVerdict(notebook, checks)], late,
        penalty=lambda *_: 0.5,
    )  # fmt: skip


@pytest.fixture
def table(db: str, tmp_path: Path) -> Callable[..., list[dict[str, str]]]:
    def export(plugin: Any = CsvExport, **settings: Any) -> list[dict[str, str]]:
        path = tmp_path / "grades.csv"
        with Gradebook(db, COURSE) as gradebook:
            plugin(to=str(path), **settings).export(gradebook)
        with path.open(newline="") as file:
            return list(csv.DictReader(file))

    return export


def key(row: dict[str, str]) -> tuple[str, str]:
    return row["assignment"], row["student_id"]


def test_it_holds_what_nbgrader_would_write(db: str, table: Callable[..., Any]) -> None:
    mark(db, "first", "one", "ann", 3, 1.5)
    mark(db, "first", "more", "ann", 1, 0)
    mark(db, "first", "one", "bob", 0, 0)
    mark(db, "second", "two", "ann", 2, 2)
    with Gradebook(db, COURSE) as gradebook:
        gradebook.find_grade("test-a", "one", "first", "ann").manual_score = 2
        gradebook.update_or_create_student("carol", first_name="Carol", email="c@example.org")
        gradebook.db.commit()
    ours = table()
    assert sorted(ours, key=key) == sorted(table(CsvExportPlugin), key=key)
    ann = next(row for row in ours if key(row) == ("first", "ann"))
    assert (ann["raw_score"], ann["late_submission_penalty"], ann["score"]) == ("4.5", "1.0", "3.5")
    assert [row["score"] for row in ours if row["student_id"] == "carol"] == ["0.0", "0.0"]
    some = {"assignment": ["first"], "student": ["bob", "carol"]}
    assert table(**some) == table(CsvExportPlugin, **some)
    assert len(table(**some)) == 2


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"assignment": ["frist"]}, "no assignment 'frist'; 'first' is like it"),
        ({"student": ["carol", "zoe"], "assignment": ["first"]}, "no student 'zoe'; nothing was"),
    ],
)
def test_a_misspelt_name_is_told(
    db: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, asked: dict[str, Any], said: str
) -> None:
    mark(db, "first", "one", "carol", 3, 3)
    place = tmp_path / "grades.csv"
    with Gradebook(db, COURSE) as gradebook, pytest.raises(SystemExit):
        CsvExport(to=str(place), **asked).export(gradebook)
    assert said in caplog.text
    assert not place.exists()


def test_odd_names_stay_in_their_column(db: str, table: Callable[..., Any]) -> None:
    with Gradebook(db, COURSE) as gradebook:
        gradebook.add_student("eve", last_name='O"Hara, Jr.', first_name="=1+1", email="-2")
        gradebook.add_student("@SUM(A1)")
    rows = {row["student_id"]: row for row in table()}
    assert rows["eve"]["last_name"] == 'O"Hara, Jr.'
    assert (rows["eve"]["first_name"], rows["eve"]["email"]) == ("'=1+1", "'-2")
    assert rows["eve"]["score"] == "0.0"
    assert "'@SUM(A1)" in rows


@pytest.mark.slow
def test_many_students_take_no_more_queries(db: str, tmp_path: Path) -> None:
    def queries() -> int:
        asked: list[str] = []
        with Gradebook(db, COURSE) as gradebook:
            event.listen(
                gradebook.engine, "before_cursor_execute", lambda *args: asked.append(args[2])
            )
            CsvExport(to=str(tmp_path / "grades.csv")).export(gradebook)
        return len(asked)

    mark(db, "first", "one", "ann", 3, 3)
    few = queries()
    for number in range(20):
        mark(db, "second", "two", f"student-{number}", 1, 2)
        mark(db, "first", "one", f"student-{number}", 1, 2)
    assert queries() == few == 4
