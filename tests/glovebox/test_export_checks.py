"""Checks as a table and verdicts as lines: all that were graded, and only the wanted ones."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Configurable

from glovebox.export_checks import ChecksExport, JsonLinesExport
from glovebox.verdict import CheckRecord, NotebookVerdict, Outcome

CHECKS = (
    CheckRecord("test_a", "A, and more", "test-a", Outcome.PASSED, 1, 1),
    CheckRecord("test_b", "B", "test-b", Outcome.FAILED, 0, 2.5, message="=no\nnever"),
)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    for student in ("ann", "bob"):
        for assignment in ("first", "second"):
            folder = tmp_path / "autograded" / student / assignment
            folder.mkdir(parents=True)
            verdict = NotebookVerdict(assignment, CHECKS, seed=len(student))
            (folder / f"{assignment}.verdict.json").write_text(verdict.to_json())
    (tmp_path / "autograded/bob/second/second.verdict.json").write_text("{")
    return tmp_path


def export(plugin: Any, course: Path, **settings: Any) -> Path:
    target = course / "exported"
    app = Configurable()
    app.coursedir = CourseDirectory(root=str(course))
    plugin(to=str(target), parent=app, **settings).write(None)
    return target


def test_there_is_a_row_for_each_check(course: Path, caplog: pytest.LogCaptureFixture) -> None:
    with export(ChecksExport, course).open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["student_id"], row["assignment"], row["check"]) for row in rows] == [
        (student, assignment, check)
        for student, assignment in (("ann", "first"), ("ann", "second"), ("bob", "first"))
        for check in ("test_a", "test_b")
    ]
    assert rows[0]["title"] == "A, and more"
    assert (rows[1]["outcome"], rows[1]["points"], rows[1]["max_points"]) == ("failed", "0", "2.5")
    assert rows[1]["message"] == "'=no\nnever"
    assert "second.verdict.json is left out" in caplog.text


def test_there_is_a_line_for_each_verdict(course: Path) -> None:
    lines = export(JsonLinesExport, course, student=["ann"]).read_text().splitlines()
    found = [json.loads(line) for line in lines]
    assert [(one["student"], one["assignment"]) for one in found] == [
        ("ann", "first"),
        ("ann", "second"),
    ]
    verdict = NotebookVerdict.from_json(json.dumps(found[0]["verdict"]))
    assert verdict == NotebookVerdict("first", CHECKS, seed=3)
    assert export(JsonLinesExport, course, assignment=["none"]).read_text() == ""
