"""What the gradebook says of one notebook of one student: points, a person's words, lateness."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    GradeCell,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
)
from sqlalchemy import func

from glovebox.database import joined, opened
from glovebox.late import LatePolicy, with_more_time


@dataclass(frozen=True)
class CellMark:
    """The mark of one grade cell."""

    points: float
    max_points: float
    waiting: bool = False
    """Whether a person has still to mark it."""
    by_hand: bool = False


@dataclass(frozen=True)
class NotebookMarks:
    """The marks of one notebook, and what a person wrote about it, by ``grade_id``."""

    cells: Mapping[str, CellMark] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    late_penalty: float = 0.0

    @property
    def points(self) -> float:
        """What counts."""
        return max(0.0, sum(mark.points for mark in self.cells.values()) - self.late_penalty)

    @property
    def max_points(self) -> float:
        """What the whole notebook is worth."""
        return sum(mark.max_points for mark in self.cells.values())

    @property
    def waiting(self) -> bool:
        """Whether a person has still something to mark."""
        return any(mark.waiting for mark in self.cells.values())


@dataclass(frozen=True)
class Lateness:
    """How late a submission came, in seconds, and the points that this cost."""

    seconds: float
    penalty: float


def seconds_late(
    handed_in: datetime.datetime | None,
    duedate: datetime.datetime | None,
    extension: datetime.timedelta | None,
) -> float:
    """As ``SubmittedAssignment.total_seconds_late``, which would ask for each submission apart."""
    if handed_in is None or duedate is None:
        return 0.0
    due = duedate + (extension or datetime.timedelta())
    return max(0.0, (handed_in - due).total_seconds())


def time_in_words(seconds: float) -> str:
    """A span of time in its two largest units, at least a second."""
    days, rest = divmod(max(1, round(seconds)), 86_400)
    hours, rest = divmod(rest, 3_600)
    minutes, rest = divmod(rest, 60)
    parts = ((days, "d"), (hours, "h"), (minutes, "min"), (rest, "s"))
    first = next((place for place, (number, _) in enumerate(parts) if number), len(parts) - 1)
    return " ".join(f"{number} {unit}" for number, unit in parts[first : first + 2] if number)


def read_lateness(
    db_url: str, course_id: str, assignment: str, policy: LatePolicy | None = None
) -> dict[str, Lateness]:
    """The submissions of an assignment that came late, by student; one query for all.

    Args:
        db_url: the gradebook's address.
        course_id: nbgrader's name of the course.
        assignment: the assignment's name.
        policy: whose list of extensions gives more time, besides what the gradebook gives.

    Raises:
        GradebookError: the gradebook is not there, or cannot be read.
    """
    with opened(db_url, course_id) as gradebook:
        submissions = (
            gradebook.db.query(
                SubmittedAssignment.student_id,
                SubmittedAssignment.timestamp,
                Assignment.duedate,
                SubmittedAssignment.extension,
                func.sum(SubmittedNotebook.late_submission_penalty),
            )
            .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
            .outerjoin(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .filter(Assignment.name == assignment)
            .group_by(SubmittedAssignment.id, Assignment.duedate)
        )
        found = {}
        for student, handed_in, duedate, extension, penalty in submissions:
            extension = with_more_time(policy, student, assignment, extension)
            if (late := seconds_late(handed_in, duedate, extension)) > 0:
                found[student] = Lateness(late, float(penalty or 0.0))
        return found


def read_notebook_marks(
    db_url: str, course_id: str, assignment: str, notebook: str, student: str
) -> NotebookMarks:
    """The marks of one notebook, in three queries whatever its length.

    A notebook that the gradebook does not know has none.

    Raises:
        GradebookError: the gradebook is not there, or cannot be read.
    """
    # The tables, since a join of the classes would bring the one of all cells in again.
    graded, tasks = GradeCell.__table__, TaskCell.__table__
    worth = func.coalesce(graded.c.max_score, tasks.c.max_score)
    ours = (
        Assignment.name == assignment,
        Notebook.name == notebook,
        SubmittedAssignment.student_id == student,
    )
    with opened(db_url, course_id) as gradebook:
        db = gradebook.db
        grades = (
            joined(db.query(BaseCell.name, Grade, worth), Grade)
            .outerjoin(graded, graded.c.id == BaseCell.id)
            .outerjoin(tasks, tasks.c.id == BaseCell.id)
            .filter(*ours)
        )
        comments = joined(db.query(BaseCell.name, Comment.comment), Comment).filter(*ours)
        penalty = (
            db.query(SubmittedNotebook.late_submission_penalty)
            .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
            .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
            .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
            .filter(*ours)
            .scalar()
        )
        return NotebookMarks(
            cells={
                name: CellMark(
                    float(grade.score or 0.0),
                    float(max_points or 0.0),
                    waiting=grade.needs_manual_grade and grade.manual_score is None,
                    by_hand=grade.manual_score is not None,
                )
                for name, grade, max_points in grades
            },
            comments={name: comment for name, comment in comments if comment},
            late_penalty=float(penalty or 0.0),
        )
