"""Reads a graded class: verdicts, marks, what was handed in, and where its pages are."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from glovebox.assignment import SOURCE, list_assignments, list_notebooks
from glovebox.config import load_config
from glovebox.coursefolder import VERDICT_SUFFIX, SafeCourseDirectory
from glovebox.errors import UserError
from glovebox.late import LatePolicyError, late_policy
from glovebox.report.marks import Entry, Planned, read_book
from glovebox.verdict import NotebookVerdict


class NothingToReport(UserError):
    """Nothing has been handed in or graded that a report could be about."""


@dataclass(frozen=True)
class Paper:
    """One notebook of a submission, as it was graded."""

    notebook: str
    verdict: NotebookVerdict | None
    """None where it has not been graded, or its verdict cannot be read."""
    problem: str
    """Why there is no verdict, in one sentence."""
    graded: Path | None
    """The graded notebook, if it is there."""
    feedback: Path | None
    """The student's feedback page, if it is there."""


@dataclass(frozen=True)
class Submission:
    """What one student handed in for one assignment, and what came of it."""

    student: str
    assignment: str
    papers: tuple[Paper, ...]
    entry: Entry | None
    """What the gradebook holds; None where it holds nothing."""
    folder: Path | None
    """In ``submitted/``; None if it is no longer there."""

    @cached_property
    def verdicts(self) -> tuple[NotebookVerdict, ...]:
        """Those that there are."""
        return tuple(paper.verdict for paper in self.papers if paper.verdict is not None)

    @property
    def score(self) -> float | None:
        """What counts, penalties taken off; None while the gradebook holds nothing."""
        return None if self.entry is None else self.entry.marks.score

    @property
    def duration(self) -> float:
        """Seconds that its grading took."""
        return sum(verdict.duration for verdict in self.verdicts)

    @property
    def memory(self) -> int:
        """Bytes that a notebook of it held at one time, the most that was seen; 0 if unknown."""
        return max((verdict.memory for verdict in self.verdicts), default=0)

    @cached_property
    def in_doubt(self) -> bool:
        """Whether a person must look, written answers aside, and has not yet."""
        if any(paper.problem for paper in self.papers) or self.entry is None:
            return True
        doubted = {verdict.notebook: verdict for verdict in self.verdicts if verdict.needs_review}
        return any(
            notebook in doubted and doubted[notebook].cell_needs_review(cell)
            for notebook, cell in self.entry.waiting
        )

    @property
    def waits(self) -> bool:
        """Whether anything of it waits for a person, a written answer included."""
        return self.in_doubt or (self.entry is not None and bool(self.entry.waiting))


@dataclass(frozen=True)
class GradedAssignment:
    """An assignment with all that was handed in for it, by student."""

    name: str
    planned: Planned
    notebooks: tuple[str, ...]
    submissions: tuple[Submission, ...]
    sources: tuple[Path, ...]
    """The instructor's notebooks."""


@dataclass(frozen=True)
class GradedClass:
    """A class and what is known of its work."""

    course: str
    students: dict[str, str]
    """Names by id, where there is one."""
    assignments: tuple[GradedAssignment, ...]
    made: datetime.datetime
    problems: tuple[str, ...] = ()
    """What is about all of them."""


def read_graded(course_root: Path, names: Sequence[str] = ()) -> GradedClass:
    """Read what was graded of some assignments, or of all for which anything was handed in.

    Raises:
        AssignmentError: there is no such assignment.
        ConfigError: the course has no configuration, or it is broken.
        GradebookError: the gradebook is not there, or cannot be read.
        NothingToReport: nobody has handed anything in.
    """
    for name in names:
        list_notebooks(course_root, name)
    config = load_config(course_root)
    course = SafeCourseDirectory(config=config)
    policy, problems = None, list[str]()
    try:
        policy = late_policy(config)
    except LatePolicyError as error:
        problems.append(f"{error} The report counts no extensions of the list.")
    book = read_book(course.db_url, course.course_id, policy)
    found = []
    for name in names or list_assignments(course_root):
        course.assignment_id, course.student_id = name, "*"
        handed_in = {one.student: Path(one.path) for one in course.submissions()}
        entered = {student for assignment, student in book.entries if assignment == name}
        owners = sorted({*handed_in, *entered, *(one.student for one in course.graded())})
        notebooks = tuple(list_notebooks(course_root, name))
        submissions = tuple(
            Submission(
                student,
                name,
                tuple(_papers(course, student, name, notebooks)),
                book.entries.get((name, student)),
                handed_in.get(student),
            )
            for student in owners
        )
        if not submissions and names:
            raise NothingToReport(f"{name}: nobody has handed anything in; there is no report.")
        if submissions:
            planned = book.assignments.get(name, Planned(None, 0.0))
            sources = tuple(course_root / SOURCE / name / f"{one}.ipynb" for one in notebooks)
            found.append(GradedAssignment(name, planned, notebooks, submissions, sources))
    if not found:
        raise NothingToReport(
            f"{course_root}: nobody has handed anything in; collect the submissions "
            "(`nbgrader collect ASSIGNMENT`) and grade them first."
        )
    everybody = {*book.students, *(one.student for a in found for one in a.submissions)}
    students = {student: book.students.get(student, "") for student in sorted(everybody)}
    now = datetime.datetime.now(tz=datetime.UTC)
    return GradedClass(course.course_id, students, tuple(found), now, tuple(problems))


def _papers(
    course: SafeCourseDirectory, student: str, assignment: str, notebooks: Iterable[str]
) -> Iterable[Paper]:
    graded = course.autograded(student, assignment)
    feedback = Path(course.format_path(course.feedback_directory, student, assignment))
    for name in notebooks:
        verdict, problem = _verdict(graded / f"{name}{VERDICT_SUFFIX}", student, assignment)
        pages = (graded / f"{name}.ipynb", feedback / f"{name}.html")
        there = [page if page.is_file() else None for page in pages]
        yield Paper(name, verdict, problem, *there)


def _verdict(path: Path, student: str, assignment: str) -> tuple[NotebookVerdict | None, str]:
    try:
        return NotebookVerdict.read(path), ""
    except FileNotFoundError:
        return None, f"not graded yet; `glovebox autograde {assignment}` does that."
    except (OSError, ValueError) as error:
        advice = f"`glovebox autograde {assignment} --student {student} --force`"
        return None, f"its verdict cannot be read ({error}); grade it again with {advice}."
