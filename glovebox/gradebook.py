"""Writes verdicts into nbgrader's gradebook: exact points, and what a person must still mark."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    MissingEntry,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy.exc import IntegrityError

from glovebox.database import GradebookError, NoGradebook, joined, opened
from glovebox.verdict import NotebookVerdict

_NO_RESPONSE = "No response."

Marks = dict[tuple[str, str], dict[str, float | None]]
"""By student and notebook: the points that the autograder (or a person) gave each cell, if any."""
Penalty = Callable[[str, SubmittedNotebook, float], float | None]
"""From student, notebook and seconds that it came late: points to be taken off, None for none."""


def is_generated(db_url: str, course_id: str, assignment: str) -> bool:
    """Whether `nbgrader generate_assignment` has told the gradebook of an assignment's notebooks.

    Raises:
        GradebookError: the gradebook is there, but cannot be read.
    """
    try:
        with opened(db_url, course_id) as gradebook:
            return bool(gradebook.find_assignment(assignment).notebooks)
    except (NoGradebook, MissingEntry):
        return False


def check_assignment(
    db_url: str, course_id: str, assignment: str, points: Mapping[str, Mapping[str, float]]
) -> None:
    """Make sure that the gradebook knows an assignment as it is now.

    Args:
        db_url: the gradebook's address, ``sqlite:///…`` or ``postgresql://…``.
        course_id: nbgrader's name of the course.
        assignment: the assignment's name.
        points: for each of its notebooks the points of each cell that earns some.

    Raises:
        GradebookError: a notebook or cell is unknown, or worth other points.
    """
    with opened(db_url, course_id) as gradebook:
        for notebook, cells in points.items():
            try:
                known = gradebook.find_notebook(notebook, assignment).grade_cells
            except MissingEntry:
                raise _outdated(assignment, f"{notebook}.ipynb is not in the gradebook") from None
            worth = {cell.name: cell.max_score for cell in known}
            for cell, value in cells.items():
                if cell not in worth:
                    problem = f'{notebook}.ipynb: cell "{cell}" is not in the gradebook'
                    raise _outdated(assignment, problem)
                if abs(worth[cell] - value) > 1e-9:
                    problem = (
                        f'{notebook}.ipynb: cell "{cell}" is worth {value:g} points, '
                        f"{worth[cell]:g} in the gradebook"
                    )
                    raise _outdated(assignment, problem)


def recorded(db_url: str, course_id: str, assignment: str) -> Marks:
    """What the gradebook holds of all submissions of an assignment.

    Raises:
        GradebookError: the database cannot be read.
    """
    return _marks(db_url, course_id, assignment, Grade.auto_score)


def marked_by_hand(db_url: str, course_id: str, assignment: str) -> Marks:
    """The points that a person gave, which count in place of the autograder's; None for none.

    Raises:
        GradebookError: the database cannot be read.
    """
    return _marks(db_url, course_id, assignment, Grade.manual_score)


def _marks(db_url: str, course_id: str, assignment: str, column: Any) -> Marks:
    marks: Marks = {}
    with opened(db_url, course_id) as gradebook:
        wanted = (SubmittedAssignment.student_id, Notebook.name, BaseCell.name, column)
        query = joined(gradebook.db.query(*wanted), Grade)
        for student, notebook, cell, points in query.filter(Assignment.name == assignment):
            marks.setdefault((student, notebook), {})[cell] = points
    return marks


def roll(db_url: str, course_id: str) -> list[tuple[str, str | None]]:
    """Ids and addresses of all students; none where there is no gradebook yet.

    Raises:
        GradebookError: the gradebook is there, but cannot be read.
    """
    try:
        with opened(db_url, course_id) as gradebook:
            return [(one.id, one.email) for one in gradebook.db.query(Student)]
    except NoGradebook:
        return []


def due_date(db_url: str, course_id: str, assignment: str) -> datetime.datetime | None:
    """When an assignment is due, if that is said.

    Raises:
        GradebookError: the gradebook is there, but cannot be read.
    """
    try:
        with opened(db_url, course_id) as gradebook:
            due: datetime.datetime | None = gradebook.find_assignment(assignment).duedate
    except (NoGradebook, MissingEntry):
        return None
    return None if due is None else due.replace(tzinfo=datetime.UTC)


def record(
    db_url: str,
    course_id: str,
    assignment: str,
    student: str,
    verdicts: Sequence[NotebookVerdict],
    timestamp: datetime.datetime | None = None,
    *,
    settled: Collection[str] = (),
    penalty: Penalty | None = None,
    create_student: bool = True,
) -> None:
    """Write all verdicts on one submission in one transaction: all of them count, or none.

    Manual scores, manual comments and extra credit are kept. A cell needs manual grading when its
    verdict is doubtful, when a person had marked it before, or when it is an answered written
    question. A mark stands where the verdict is the old one and, as far as the gradebook can tell,
    was so when the person gave it. A written question left unanswered gets 0 and the comment
    "No response.".

    Args:
        db_url: the gradebook's address.
        course_id: nbgrader's name of the course.
        assignment: the assignment's name; nbgrader must have generated it.
        student: the student's id.
        verdicts: one for each notebook that was graded.
        timestamp: when the submission was handed in (UTC); None keeps what is known.
        settled: the notebooks whose verdict was taken over.
        penalty: what being late costs; None keeps what is known.
        create_student: whether to add a student who is new.

    Raises:
        GradebookError: the assignment, a cell or the student is unknown to the gradebook, or the
            database cannot be written. Nothing was changed.
    """

    def attempt() -> None:
        with opened(db_url, course_id) as gradebook:
            submission = _submission(gradebook, assignment, student, create_student)
            # A gradebook that was put back may hold an older submission's marks.
            same = timestamp in (None, submission.timestamp)
            if timestamp is not None:
                submission.timestamp = timestamp
            for verdict in verdicts:
                notebook = _notebook(submission, verdict, assignment)
                _record_notebook(
                    notebook, verdict, assignment, same and verdict.notebook in settled
                )
                if penalty is not None:
                    gradebook.db.flush()
                    gradebook.db.refresh(notebook)  # its score is a sum that the database makes
                    late = submission.total_seconds_late
                    cost = penalty(student, notebook, late) if late > 0 else None
                    notebook.late_submission_penalty = cost
            gradebook.db.commit()

    try:
        attempt()
    except GradebookError as error:
        # Another run has added the same student, or submission, since this one looked for it.
        if not isinstance(error.__cause__, IntegrityError):
            raise
        attempt()


def _submission(
    gradebook: Gradebook, assignment: str, student: str, create_student: bool
) -> SubmittedAssignment:
    """The submission, made like nbgrader makes it when new, but not yet committed."""
    try:
        return gradebook.find_submission(assignment, student)
    except MissingEntry:
        pass
    try:
        generated = gradebook.find_assignment(assignment)
    except MissingEntry:
        raise _outdated(assignment, f"{assignment} is not in the gradebook") from None
    try:
        owner = gradebook.find_student(student)
    except MissingEntry:
        if not create_student:
            problem = "is not in the gradebook, and Autograde.create_student is off"
            advice = f"`nbgrader db student add {student}`"
            raise GradebookError(f"{student} {problem}; run {advice}.") from None
        owner = Student(id=student)
        gradebook.db.add(owner)
    with gradebook.db.no_autoflush:
        submission = SubmittedAssignment(assignment=generated, student=owner)
        for notebook in generated.notebooks:
            submitted = SubmittedNotebook(notebook=notebook, assignment=submission)
            for cell in notebook.grade_cells + notebook.task_cells:
                Grade(cell=cell, notebook=submitted)
            for cell in notebook.solution_cells + notebook.task_cells:
                Comment(cell=cell, notebook=submitted)
        gradebook.db.add(submission)
    gradebook.db.flush()
    return submission


def _notebook(
    submission: SubmittedAssignment, verdict: NotebookVerdict, assignment: str
) -> SubmittedNotebook:
    for notebook in submission.notebooks:
        if notebook.name == verdict.notebook:
            return notebook
    raise _outdated(assignment, f"{verdict.notebook}.ipynb is not in the gradebook")


def _record_notebook(
    notebook: SubmittedNotebook, verdict: NotebookVerdict, assignment: str, settled: bool
) -> None:
    graded = {grade.name: grade for grade in notebook.grades}
    unknown = [record.grade_cell for record in verdict.checks if record.grade_cell not in graded]
    if unknown:
        problem = f'{verdict.notebook}.ipynb: cell "{unknown[0]}" is not in the gradebook'
        raise _outdated(assignment, problem)
    answers = {comment.name for comment in notebook.comments}
    scores: dict[str, float | None] = {}
    doubtful: set[str] = set()
    for name, grade in graded.items():
        if grade.cell.type == "TaskCell":
            continue
        if verdict.cell_needs_review(name):
            doubtful.add(name)
        if name not in answers:
            scores[name] = verdict.cell_points(name)
            # A cell that no check reported on has earned nothing, but that may be our fault.
            if not verdict.of_cell(name):
                doubtful.add(name)
        elif name in verdict.unanswered:
            scores[name] = 0.0
        else:
            scores[name] = None
            doubtful.add(name)
    stands = settled and all(graded[name].auto_score == score for name, score in scores.items())
    for name, score in scores.items():
        grade = graded[name]
        grade.auto_score = score
        if not (stands and grade.manual_score is not None):
            grade.needs_manual_grade = name in doubtful or grade.manual_score is not None
    for comment in notebook.comments:
        if comment.cell.type != "TaskCell":
            comment.auto_comment = _NO_RESPONSE if comment.name in verdict.unanswered else None


def _outdated(assignment: str, problem: str) -> GradebookError:
    return GradebookError(
        f"{assignment}: {problem}; run `nbgrader generate_assignment {assignment} --force`."
    )
