"""``nbgrader export`` for large classes: the table of nbgrader's own exporter, in four queries."""

from __future__ import annotations

import csv
import datetime
import difflib
import io
from dataclasses import dataclass
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
from sqlalchemy import case, func

from glovebox.errors import UserError
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


class Export(ExportPlugin):  # type: ignore[misc, unused-ignore]
    """An exporter that says in one sentence what is wrong, and ends the command."""

    def export(self, gradebook: Gradebook) -> None:
        """Write the file, or say why not."""
        try:
            self._check_names(gradebook)
            self.write(gradebook)
        except UserError as error:
            self.log.error("%s", error)
            raise SystemExit(1) from error
        except OSError as error:
            self.log.error("%s: %s.", error.filename or "the file", error.strerror or error)
            raise SystemExit(1) from error

    def write(self, gradebook: Gradebook) -> None:
        """Write the file. Raises UserError or OSError."""
        raise NotImplementedError

    def _check_names(self, gradebook: Gradebook) -> None:
        """Raise UserError for an assignment or student whom the gradebook does not know."""
        for kind, asked, names in (
            ("assignment", self.assignment, Assignment.name),
            ("student", self.student, Student.id),
        ):
            known = {name for (name,) in gradebook.db.query(names)} if asked else set()
            for name in asked:
                if name not in known:
                    raise UserError(_unknown(kind, name, known))


class CsvExport(Export):
    """A CSV file with a row for each student and assignment, handed in or not.

    For ``ExportApp.plugin_class``. nbgrader's own asks the database for each of them apart, and
    writes names with commas as they are. A text that a spreadsheet would take for a formula, as a
    stranger may choose one for a name, gets an apostrophe before it.
    """

    def write(self, gradebook: Gradebook) -> None:
        """Write the table to the file that ``--to`` names, or ``grades.csv``."""
        place = Path(self.to or "grades.csv")
        self.log.info("Exporting grades to %s", place)
        table = io.StringIO()
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_rows(gradebook, set(self.assignment), set(self.student)))
        write_whole(place, table.getvalue().encode())


@dataclass(frozen=True)
class Marks:
    """What a student earned with an assignment; ``unfinished`` while a person must still mark."""

    timestamp: datetime.datetime | None
    raw: float
    penalty: float
    unfinished: bool

    @property
    def score(self) -> float:
        """What counts."""
        return max(0.0, self.raw - self.penalty)


def read_marks(gradebook: Gradebook) -> dict[tuple[str, str], Marks]:
    """The marks of all submissions, by name of the assignment and student's id, in two queries."""
    db = gradebook.db
    of_one = (Assignment.name, SubmittedAssignment.student_id)
    # Grades and penalties apart: a notebook's penalty would count once for each of its grades.
    scores = (
        db.query(
            *of_one,
            SubmittedAssignment.timestamp,
            func.sum(Grade.score),
            func.max(case((Grade.needs_manual_grade, 1), else_=0)),
        )
        .select_from(SubmittedAssignment)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .outerjoin(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .outerjoin(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .group_by(*of_one, SubmittedAssignment.timestamp)
    )
    penalties = (
        db.query(*of_one, func.sum(SubmittedNotebook.late_submission_penalty))
        .select_from(SubmittedAssignment)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .group_by(*of_one)
    )
    costs = {(assignment, student): cost for assignment, student, cost in penalties}
    return {
        (assignment, student): Marks(
            timestamp,
            float(raw or 0.0),
            float(costs.get((assignment, student)) or 0.0),
            bool(unfinished),
        )
        for assignment, student, timestamp, raw, unfinished in scores
    }


def _rows(gradebook: Gradebook, assignments: set[str], students: set[str]) -> list[list[str]]:
    """The table's rows, of these assignments and students only if there are any."""
    db = gradebook.db
    found = read_marks(gradebook)
    nothing = Marks(None, 0.0, 0.0, False)
    chosen = db.query(Student).order_by(Student.last_name, Student.first_name, Student.id).all()
    rows = []
    for assignment in db.query(Assignment).order_by(Assignment.duedate, Assignment.name):
        if assignments and assignment.name not in assignments:
            continue
        for student in chosen:
            if students and student.id not in students:
                continue
            marks = found.get((assignment.name, student.id), nothing)
            about = (student.id, student.last_name, student.first_name, student.email)
            texts = (assignment.name, assignment.duedate, marks.timestamp, *about)
            numbers = (marks.raw, marks.penalty, marks.score, assignment.max_score)
            rows.append([*map(safe_text, texts), *map(str, numbers)])
    return rows


def _unknown(kind: str, name: str, known: set[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    instead = f"; {close[0]!r} is like it" if close else ""
    return f"the gradebook has no {kind} {name!r}{instead}; nothing was exported."


def safe_text(value: Any) -> str:
    """A value for a cell of a table that a spreadsheet may open; nothing for None."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
