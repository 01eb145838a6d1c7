"""What the gradebook holds of a class, in as many queries for one student as for many."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from nbgrader.api import (
    Assignment,
    BaseCell,
    Grade,
    Notebook,
    Student,
    SubmittedAssignment,
)

from glovebox.database import joined, opened
from glovebox.export import Marks, read_marks
from glovebox.late import LatePolicy, with_more_time
from glovebox.marks import seconds_late

Key = tuple[str, str]
"""The name of an assignment and the id of a student."""


@dataclass(frozen=True)
class Entry:
    """What the gradebook holds of one submission; times are UTC."""

    marks: Marks
    seconds_late: float
    """After the due date and the extension."""
    extension: datetime.timedelta | None
    """By nbgrader's own field, and by the list of the late policy."""
    waiting: frozenset[tuple[str, str]]
    """Notebook and cell that a person must mark."""


@dataclass(frozen=True)
class Planned:
    """An assignment as the gradebook knows it."""

    duedate: datetime.datetime | None
    max_score: float


@dataclass(frozen=True)
class Book:
    """A gradebook's assignments by name, students' names by id, and entries of submissions."""

    assignments: Mapping[str, Planned]
    students: Mapping[str, str]
    entries: Mapping[Key, Entry]


def read_book(db_url: str, course_id: str, policy: LatePolicy | None = None) -> Book:
    """Read a whole gradebook, in six queries.

    Args:
        db_url: the gradebook's address, ``sqlite:///…`` or ``postgresql://…``.
        course_id: nbgrader's name of the course.
        policy: whose list of extensions gives more time, besides what the gradebook gives.

    Raises:
        GradebookError: it is not there, or cannot be read.
    """
    with opened(db_url, course_id) as gradebook:
        db = gradebook.db
        planned = {
            one.name: Planned(one.duedate, float(one.max_score or 0.0))
            for one in db.query(Assignment)
        }
        students = {one.id: _name(one) for one in db.query(Student)}
        extensions: dict[Key, datetime.timedelta] = {
            (name, student): extension
            for name, student, extension in db.query(
                Assignment.name, SubmittedAssignment.student_id, SubmittedAssignment.extension
            )
            .select_from(SubmittedAssignment)
            .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
            .filter(SubmittedAssignment.extension.isnot(None))
        }
        waiting: dict[Key, set[tuple[str, str]]] = {}
        wanted = (Assignment.name, SubmittedAssignment.student_id, Notebook.name, BaseCell.name)
        cells = joined(db.query(*wanted), Grade)
        for name, student, notebook, cell in cells.filter(Grade.needs_manual_grade):
            waiting.setdefault((name, student), set()).add((notebook, cell))
        found = read_marks(gradebook)
    entries = {}
    for key, marks in found.items():
        duedate = planned[key[0]].duedate
        extension = with_more_time(policy, key[1], key[0], extensions.get(key))
        late = seconds_late(marks.timestamp, duedate, extension)
        entries[key] = Entry(marks, late, extension, frozenset(waiting.get(key, ())))
    return Book(planned, students, entries)


def _name(student: Student) -> str:
    return " ".join(filter(None, (student.first_name, student.last_name)))
