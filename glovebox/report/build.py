"""Puts a report together: of what was graded, what is counted and what is compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from glovebox.items import Item, analyse
from glovebox.pristine import pristine
from glovebox.report.answers import AnswerReader
from glovebox.report.likeness import Comparison, compare
from glovebox.report.mistakes import Failing, Graded, Mistake, failing_alike, mistakes
from glovebox.report.oddities import Finding, findings
from glovebox.report.reading import GradedAssignment, GradedClass, Submission, read_graded
from glovebox.report.spread import Bar, Spread, histogram, spread


@dataclass(frozen=True)
class Check:
    """One check in the marks of the class, and what it is called."""

    item: Item
    title: str
    seconds: float
    """How long it took, in the middle of the class."""


@dataclass(frozen=True)
class AssignmentReport:
    """All that a report says about one assignment."""

    graded: GradedAssignment
    findings: tuple[Finding, ...]
    checks: tuple[Check, ...]
    failing: tuple[Failing, ...]
    mistakes: tuple[Mistake, ...]
    comparisons: tuple[Comparison, ...]
    written: frozenset[str]
    """The answer cells whose answers are text."""

    @property
    def name(self) -> str:
        """The assignment's."""
        return self.graded.name

    @property
    def submissions(self) -> tuple[Submission, ...]:
        """Everybody's, by student."""
        return self.graded.submissions

    @cached_property
    def scores(self) -> list[float]:
        """What each submission is worth that has been graded."""
        return [one.score for one in self.submissions if one.score is not None and one.verdicts]

    @cached_property
    def spread(self) -> Spread | None:
        """How the scores are spread; None if there are none."""
        return spread(self.scores)

    @cached_property
    def bars(self) -> list[Bar]:
        """The histogram of the scores."""
        return histogram(self.scores, self.graded.planned.max_score)

    @cached_property
    def durations(self) -> Spread | None:
        """Seconds that grading took."""
        return spread([one.duration for one in self.submissions if one.verdicts])

    @cached_property
    def memories(self) -> Spread | None:
        """Bytes of memory, of the submissions where it is known."""
        return spread([float(one.memory) for one in self.submissions if one.memory])

    @property
    def in_doubt(self) -> list[Submission]:
        """Submissions that a person must look at, written answers aside."""
        return [one for one in self.submissions if one.in_doubt]

    @property
    def only_written(self) -> list[Submission]:
        """Submissions of which nothing but written answers waits for a person."""
        return [one for one in self.submissions if one.waits and not one.in_doubt]

    @property
    def late(self) -> list[Submission]:
        """Submissions after their due date, the latest first."""
        late = [one for one in self.submissions if one.entry and one.entry.seconds_late > 0]
        return sorted(late, key=_seconds_late, reverse=True)

    @property
    def longest(self) -> list[Submission]:
        """Submissions by the time that grading them took, the longest first."""
        timed = [one for one in self.submissions if one.verdicts]
        return sorted(timed, key=lambda one: -one.duration)

    @property
    def largest(self) -> list[Submission]:
        """Submissions by the memory that they held, the largest first, where it is known."""
        known = [one for one in self.submissions if one.memory]
        return sorted(known, key=lambda one: -one.memory)


def _seconds_late(submission: Submission) -> float:
    return submission.entry.seconds_late if submission.entry else 0.0


@dataclass(frozen=True)
class Report:
    """All that a report says."""

    graded: GradedClass
    assignments: tuple[AssignmentReport, ...]

    @cached_property
    def submissions(self) -> dict[tuple[str, str], Submission]:
        """By assignment and student."""
        return {
            (one.assignment, one.student): one for a in self.assignments for one in a.submissions
        }

    @property
    def problems(self) -> list[str]:
        """What could not be taken into the report, in a sentence each."""
        return [*self.graded.problems] + [
            f"{one.student}/{one.assignment}/{paper.notebook}.ipynb: {paper.problem}"
            for one in self.submissions.values()
            for paper in one.papers
            if paper.problem
        ]


def build_report(
    course_root: Path,
    names: Sequence[str] = (),
    *,
    on_planned: Callable[[int], None] = lambda total: None,
    on_done: Callable[[str], None] = lambda name: None,
) -> Report:
    """Put the report on a graded class together.

    Args:
        course_root: the course folder.
        names: the assignments it is about; all that were handed in if there are none.
        on_planned: told how many assignments there are.
        on_done: told the name of each that is done.

    Raises:
        UserError: as :func:`glovebox.report.reading.read_graded` does, or a notebook in ``source/``
            is broken.
    """
    graded = read_graded(course_root, names)
    on_planned(len(graded.assignments))
    reports = []
    for assignment in graded.assignments:
        reports.append(_about(assignment))
        on_done(assignment.name)
    return Report(graded, tuple(reports))


def _about(assignment: GradedAssignment) -> AssignmentReport:
    graded: list[Graded] = [
        (one.student, verdict) for one in assignment.submissions for verdict in one.verdicts
    ]
    comparisons: list[Comparison] = []
    written: set[str] = set()
    for path in assignment.sources:
        reader = AnswerReader(pristine(path.read_bytes(), str(path)), path.stem)
        folders = {one.student: one.folder for one in assignment.submissions if one.folder}
        works = {student: reader.read(folder) for student, folder in folders.items()}
        comparisons.append(compare(path.stem, works, reader.written))
        written |= reader.written
    return AssignmentReport(
        graded=assignment,
        findings=tuple(findings(assignment.submissions)),
        checks=tuple(_checks(graded)),
        failing=tuple(failing_alike(graded)),
        mistakes=tuple(mistakes(graded)),
        comparisons=tuple(comparisons),
        written=frozenset(written),
    )


def _checks(graded: Sequence[Graded]) -> Iterator[Check]:
    """The items of an assignment, with what only verdicts know."""
    titles: dict[tuple[str, str], str] = {}
    seconds: dict[tuple[str, str], list[float]] = {}
    for _, verdict in graded:
        for record in verdict.checks:
            key = (verdict.notebook, record.check)
            titles[key] = record.title or record.check
            seconds.setdefault(key, []).append(record.duration)
    for item in analyse([verdict for _, verdict in graded]):
        key = (item.notebook, item.check)
        took = spread(seconds[key])
        yield Check(item, titles[key], took.middle if took else 0.0)
