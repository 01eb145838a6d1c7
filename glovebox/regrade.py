"""Grades again what a change affects, and says who moves before anything is recorded.

A survey finds the graded notebooks whose verdict depends on something that is no longer as it was
(:mod:`glovebox.inputs`). They are graded as ever, but the results are only kept in memory and
compared with what is on record. If they are wanted, nbgrader's own ``autograde`` records them: its
grader then gives these very results, and refuses whatever they are not of.
"""

from __future__ import annotations

import glob
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from nbgrader.coursedir import CourseDirectory

from glovebox.autograde import AutogradeResult, autograde
from glovebox.batch import BaseGrader, Started, WorkerDied
from glovebox.config import grading_settings, load_config, prepare_data
from glovebox.coursefolder import SafeCourseDirectory
from glovebox.due import filed, is_due
from glovebox.errors import UserError
from glovebox.expected import ExpectedNotebook, load_expected
from glovebox.grade import Graded, GradeJob
from glovebox.gradebook import Marks, check_assignment, marked_by_hand, recorded
from glovebox.inputs import digest_of_inputs
from glovebox.moves import Move, compare
from glovebox.verdict import NotebookVerdict

_Points = Mapping[str, float | None]


class HandedInSince(UserError):
    """What is to be recorded is not what was graded for it; nothing of it was."""


@dataclass(frozen=True)
class Notebook:
    """A notebook of a submission that has been graded, and the job that grades it as of now."""

    student: str
    job: GradeJob
    expected: ExpectedNotebook
    filed: Graded | None
    """What is on record; None where that is of another version, and cannot be read."""

    @cached_property
    def digest(self) -> str:
        """Of everything that the verdict now depends on."""
        return digest_of_inputs(self.job)

    @cached_property
    def affected(self) -> bool:
        """Whether the verdict on record depends on something that has changed."""
        return self.filed is None or self.filed.verdict.inputs_sha256 != self.digest


@dataclass
class Survey:
    """What a course holds of an assignment that has been graded, and what may be on other marks."""

    notebooks: list[Notebook] = field(default_factory=list)
    due: list[str] = field(default_factory=list)
    """Students who have handed in something that has not been graded at all."""
    marks: Marks = field(default_factory=dict)
    by_hand: Marks = field(default_factory=dict)

    @property
    def affected(self) -> list[Notebook]:
        """The notebooks to be graded again."""
        return [one for one in self.notebooks if one.affected]

    def of(self, notebook: Notebook) -> tuple[_Points, _Points]:
        """The autograder's points for a notebook on record, and those given by hand, by cell."""
        key = (notebook.student, notebook.job.notebook)
        return self.marks.get(key, {}), self.by_hand.get(key, {})


def survey(course_root: Path, assignment: str, sandbox: bool = True) -> Survey:
    """Look at all graded submissions of an assignment; nothing is changed.

    What has not been graded, or was handed in anew, is left to ``autograde``.

    Args:
        course_root: the course folder.
        assignment: the assignment's name.
        sandbox: whether student code is confined.

    Raises:
        UserError: the course or its gradebook cannot be used.
    """
    prepare_data(course_root, assignment)
    settings = grading_settings(course_root)
    if not sandbox:
        settings = replace(settings, sandbox=False)
    expected = load_expected(course_root, assignment)
    course = SafeCourseDirectory.like(CourseDirectory(config=load_config(course_root)))
    course.assignment_id = assignment
    gradebook = (course.db_url, course.course_id, assignment)
    check_assignment(*gradebook, {name: one.points for name, one in expected.items()})
    found = Survey(marks=recorded(*gradebook), by_hand=marked_by_hand(*gradebook))
    excluded = course.student_id_exclude.split(",")
    for folder in course.submissions():
        if folder.student in excluded or glob.has_magic(folder.path):
            continue
        if is_due(course, folder, expected, found.marks):
            found.due.append(folder.student)
            continue
        graded = course.autograded(folder.student, assignment)
        for name, one in expected.items():
            job = one.job_in(Path(folder.path), settings)
            found.notebooks.append(Notebook(folder.student, job, one, filed(graded, name)))
    return found


@dataclass
class Regraded:
    """What came of grading again, none of it recorded."""

    results: dict[str, Graded]
    """By digest of the inputs; with what is taken over in the same submissions."""
    moves: list[Move]
    """One for each affected notebook, also where nothing moved."""
    problems: list[str]
    """What could not be graded; its marks stay as they are."""
    students: list[str]
    """Whose results can be recorded."""


def grade_again(
    found: Survey,
    grader: BaseGrader,
    on_planned: Callable[[int], None] | None = None,
    on_graded: Callable[[str, NotebookVerdict, bool], None] | None = None,
) -> Regraded:
    """Grade what is affected, and compare; nothing is written.

    Equal inputs are graded once: whoever handed in the same moves alike.

    Args:
        found: what :func:`survey` found.
        grader: what grades.
        on_planned: told the number of notebooks that will be graded.
        on_graded: told of each as it is done.

    Raises:
        UserError: nothing can be graded; the sentence says why.
    """
    wanted = {one.digest: one for one in found.affected}
    if on_planned is not None:
        on_planned(len(wanted))
    for expected in {one.job.notebook: one for one in wanted.values()}.values():
        grader.rehearse(expected.job)
    results: dict[str, Graded] = {}
    failed: dict[str, str] = {}
    for digest, graded in grader.grade_all((digest, one.job) for digest, one in wanted.items()):
        if isinstance(graded, WorkerDied):
            failed[digest] = str(graded)
        elif isinstance(graded, UserError):
            raise graded
        else:
            results[digest] = graded
            if on_graded is not None:
                on_graded(wanted[digest].student, graded.verdict, False)
    problems = [
        f"{one.student}: {failed[one.digest]} The marks stay as they are."
        for one in found.affected
        if one.digest in failed
    ]
    lost = {one.student for one in found.affected if one.digest in failed}
    moves = [
        compare(one.student, one.expected, one.filed, results[one.digest].verdict, *found.of(one))
        for one in found.affected
        if one.digest in results
    ]
    students = sorted({one.student for one in found.affected} - lost)
    for one in found.notebooks:
        # nbgrader records all notebooks of a submission together.
        if one.filed is not None and not one.affected:
            results.setdefault(one.digest, one.filed)
    return Regraded(results, moves, problems, students)


def record_again(
    course_root: Path, assignment: str, regraded: Regraded, sandbox: bool = True
) -> AutogradeResult:
    """Record what :func:`grade_again` found, as ``autograde --force`` records what it grades.

    Whose submission, or what else counts, is no longer as it was when it was graded, is left as it
    is and named.

    Args:
        course_root: the course folder.
        assignment: the assignment's name.
        regraded: the results.
        sandbox: as they were made.

    Raises:
        UserError: nothing could be recorded; the sentence says why.
    """
    now: dict[str, list[Notebook]] = {}
    for one in survey(course_root, assignment, sandbox).notebooks:
        now.setdefault(one.student, []).append(one)
    same = [
        student
        for student in regraded.students
        if student in now and all(one.digest in regraded.results for one in now[student])
    ]
    result = AutogradeResult()
    if same:
        answers = _Answers(regraded.results)
        result = autograde(
            course_root, assignment, students=same, grader=answers, force=True, sandbox=sandbox
        )
    result.problems += [
        f"{student}: handed in anew, or changed otherwise, while this was graded; "
        f"`glovebox autograde {assignment}` grades it."
        for student in regraded.students
        if student not in same
    ]
    return result


class _Given:
    """A result that is there from the beginning."""

    begun = True

    def __init__(self) -> None:
        self.future: Future[Graded] = Future()

    def take_back(self) -> bool:
        """It cannot be."""
        return False


class _Answers(BaseGrader):
    """Gives results that are known, for exactly the jobs that they are of."""

    jobs = 1

    def __init__(self, results: Mapping[str, Graded]) -> None:
        self._results = results

    def start(self, job: GradeJob) -> Started:
        """Look the result up."""
        given = _Given()
        known = self._results.get(digest_of_inputs(job))
        if known is None:
            said = f"{job.notebook}: handed in anew while marks were recorded; grade it again."
            given.future.set_exception(HandedInSince(said))
        else:
            given.future.set_result(known)
        return Started(job, given, self)

    def finish(self, started: Started) -> Graded:
        """The result.

        Raises:
            HandedInSince: there is none for this job.
        """
        return started.call.future.result()

    def rehearse(self, job: GradeJob) -> None:
        """Whoever made the results has done that."""

    def _stop(self, at_once: bool) -> None:
        pass
