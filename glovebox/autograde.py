"""Grades the submissions of an assignment: nbgrader's own ``autograde``, with progress and results.

The marks, files and gradebook entries are those of ``nbgrader autograde``; see
:mod:`glovebox.binding` for how that grades.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path

from nbgrader.converters import Autograde, NbGraderException
from nbgrader.coursedir import CourseDirectory

from glovebox.assignment import list_notebooks
from glovebox.batch import BaseGrader
from glovebox.config import load_config
from glovebox.errors import UserError
from glovebox.late import late_policy
from glovebox.marks import Lateness, read_lateness
from glovebox.nbgraderlog import collected_problems
from glovebox.verdict import NotebookVerdict

Graded = Callable[[str, NotebookVerdict, bool], None]


@dataclass
class AutogradeResult:
    """What one run graded, and which submissions it could not grade."""

    verdicts: list[tuple[str, NotebookVerdict]] = field(default_factory=list)
    recalled: int = 0
    """How many of the verdicts were taken over, as nothing that they depend on had changed."""
    problems: list[str] = field(default_factory=list)
    late: dict[str, Lateness] = field(default_factory=dict)
    """By student, of those that were graded."""
    left: int = 0
    """Submissions that were not due: graded before, and not changed since; 0 where nobody counted,
    as all are graded anyway, only some were asked for, or not all that was due could be graded."""


class _Autograde(Autograde):  # type: ignore[misc]
    """nbgrader's, but it does not stop where no submission holds a notebook."""

    def init_notebooks(self) -> None:
        # GloveboxExporter lists the submissions, those without a notebook included.
        self.assignments: dict[str, list[str]] = {}
        self.notebooks: list[str] = []


def autograde(
    course_root: Path,
    assignment: str,
    *,
    jobs: int = 1,
    scheduler: str = "",
    student: str = "*",
    students: Collection[str] = (),
    grader: BaseGrader | None = None,
    force: bool = False,
    reuse: bool = True,
    sandbox: bool = True,
    on_planned: Callable[[int], None] | None = None,
    on_graded: Graded | None = None,
) -> AutogradeResult:
    """Grade what is missing or newer (everything, with ``force``) and record it.

    Args:
        course_root: the course folder.
        assignment: the name of the assignment.
        jobs: how many notebooks are graded at a time.
        scheduler: the address of a Dask scheduler whose workers grade, if not this machine.
        student: a student's id, or a pattern.
        students: of these only some, by their ids.
        grader: what grades, in place of ``jobs`` and ``scheduler``; it is not ended.
        force: grade again what has been graded.
        reuse: take over a verdict while nothing that it depends on has changed.
        sandbox: whether student code is confined; if not, it can do what the grader can.
        on_planned: told the number of notebooks that will be graded.
        on_graded: told of each as it is recorded, and whether it was taken over.

    Raises:
        UserError: nothing could be graded; the sentence says why.
    """
    list_notebooks(course_root, assignment)
    config = load_config(course_root)
    result = AutogradeResult()

    # Plain functions: traitlets makes deep copies of what a configuration holds, and of a bound
    # method it would copy the object.
    def planned(total: int) -> None:
        if on_planned is not None:
            on_planned(total)

    def graded(student_id: str, verdict: NotebookVerdict, recalled: bool) -> None:
        result.verdicts.append((student_id, verdict))
        result.recalled += recalled
        if on_graded is not None:
            on_graded(student_id, verdict, recalled)

    config.GloveboxExporter.jobs = jobs
    config.GloveboxExporter.scheduler = scheduler
    config.GloveboxExporter.workers = lambda: grader
    config.GloveboxExporter.students = list(students)
    if not sandbox:
        config.GloveboxExporter.sandbox = False
    if not reuse:
        config.GloveboxExporter.reuse = False
    config.GloveboxExporter.on_planned = planned
    config.GloveboxExporter.on_graded = graded
    coursedir = CourseDirectory(config=config)
    coursedir.assignment_id, coursedir.student_id = assignment, student

    def students_in(step: str) -> set[str]:
        """Those of whom the assignment is in a step's folder."""
        pattern = Path(coursedir.format_path(step, student, assignment))
        return {path.parent.name for path in pattern.parent.parent.glob(f"{student}/{assignment}")}

    submitted = students_in(coursedir.submitted_directory)
    if not submitted:
        folder = coursedir.format_path(coursedir.submitted_directory, student, assignment)
        raise UserError(
            f"{folder}: there are no submissions; collect them (`nbgrader collect {assignment}`) "
            "or put them there."
        )
    converter = _Autograde(coursedir=coursedir, config=config)
    converter.force = force
    with collected_problems() as result.problems:
        try:
            converter.start()
        except NbGraderException as error:
            if not result.verdicts and not any("for student" in one for one in result.problems):
                raise UserError(str(error)) from error
    graded_now = {student_id for student_id, _ in result.verdicts}
    if not (force or students or result.problems):
        known = students_in(coursedir.autograded_directory)
        result.left = len((submitted & known) - graded_now)
    if result.verdicts:
        course = (coursedir.db_url, coursedir.course_id)
        late = read_lateness(*course, assignment, late_policy(config))
        result.late = {who: what for who, what in late.items() if who in graded_now}
    return result
