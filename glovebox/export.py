"""``nbgrader export`` for large classes: the table of nbgrader's own exporter, in four queries."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from nbgrader.api import (
    Assignment,
    Grade,
    Gradebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.plugins import ExportPlugin
from sqlalchemy import func

from glovebox.files import write_whole

COLUMNS = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a spreadsheet's formulas begin."""


class CsvExport(ExportPlugin):  # type: ignore[misc, unused-ignore]
    """A CSV file with a row for each student and assignment, handed in or not.

    For ``ExportApp.plugin_class``. nbgrader's own asks the database for each of them apart, and
    writes names with commas as they are. A text that a spreadsheet would take for a formula, as a
    stranger may choose one for a name, gets an apostrophe before it.
    """

    def export(self, gradebook: Gradebook) -> None:
        """Write the table to the file that ``--to`` names, or ``grades.csv``."""
        place = Path(self.to or "grades.csv")
        self.log.info("Exporting grades to %s", place)
        table = io.StringIO()
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_rows(gradebook, set(self.assignment), set(self.student)))
        write_whole(place, table.getvalue().encode())


def _rows(gradebook: Gradebook, assignments: set[str], students: set[str]) -> list[list[str]]:
    """The table's rows, of these assignments and students only if there are any."""
    db = gradebook.db
    of_one = (SubmittedAssignment.assignment_id, SubmittedAssignment.student_id)
    # Grades and penalties apart: a notebook's penalty would count once for each of its grades.
    scores = (
        db.query(*of_one, SubmittedAssignment.timestamp, func.sum(Grade.score))
        .outerjoin(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .outerjoin(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .group_by(*of_one, SubmittedAssignment.timestamp)
    )
    penalties = (
        db.query(*of_one, func.sum(SubmittedNotebook.late_submission_penalty))
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .group_by(*of_one)
    )
    found = {(assignment, student): rest for assignment, student, *rest in scores}
    costs = {(assignment, student): cost for assignment, student, cost in penalties}
    chosen = db.query(Student).order_by(Student.last_name, Student.first_name, Student.id).all()
    rows = []
    for assignment in db.query(Assignment).order_by(Assignment.duedate, Assignment.name):
        if assignments and assignment.name not in assignments:
            continue
        for student in chosen:
            if students and student.id not in students:
                continue
            key = (assignment.id, student.id)
            timestamp, score = found.get(key, ("", 0.0))
            score, penalty = float(score or 0.0), float(costs.get(key) or 0.0)
            about = (student.id, student.last_name, student.first_name, student.email)
            marks = (score, penalty, max(0.0, score - penalty), assignment.max_score)
            texts = (assignment.name, assignment.duedate, timestamp, *about)
            rows.append([*map(_text, texts), *map(str, marks)])
    return rows


def _text(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
