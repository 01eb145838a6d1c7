"""What an instructor should look at first: whatever about a class was not as usual."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from glovebox.report.reading import Paper, Submission
from glovebox.verdict import NotebookVerdict, Outcome


class Group(StrEnum):
    """Why to look, the most urgent first."""

    UNGRADED = "Not graded"
    HOSTILE = "Signs of tampering"
    ERROR = "Checks that could not decide"
    UNREADABLE = "Notebooks that could not be read as they should"
    TIME = "Time-outs and kernels that died"
    OPEN = "Graded without a sandbox"
    DOUBT = "Other doubts"
    NOTE = "Noticed, and nothing to be done"


_GROUPS = {
    Group.HOSTILE: ("forged-message", "points", "flags", "schema-version", "checksum"),
    Group.UNREADABLE: (
        *("unreadable", "missing-notebook", "damaged", "too-many-cells", "too-long", "nbformat"),
        *("encoding", "renamed"),
    ),
    Group.TIME: (
        *("cell-timeout", "call-timeout", "notebook-timeout", "kernel-died", "no-kernel"),
        "not-called",
    ),
}
_GROUP_OF = {kind: group for group, kinds in _GROUPS.items() for kind in kinds}
_HARMLESS = frozenset({"nbformat", "encoding", "damaged", "checksum"})
"""Kinds that also come about by accident, and then ask for nobody."""


@dataclass(frozen=True)
class Finding:
    """One thing to look at."""

    group: Group
    student: str
    assignment: str
    paper: Paper
    message: str
    detail: str = ""
    """For the instructor: what is behind it, such as the traceback of a check."""
    review: bool = False
    """Whether grading asks for a person, who has not yet looked."""


def findings(submissions: Iterable[Submission]) -> list[Finding]:
    """Everything odd about some submissions, the most urgent first, then by student."""
    found = [one for submission in submissions for one in _of(submission)]
    order = {group: place for place, group in enumerate(Group)}
    return sorted(
        found, key=lambda one: (order[one.group], not one.review, one.student, one.paper.notebook)
    )


def _of(submission: Submission) -> Iterator[Finding]:
    about = (submission.student, submission.assignment)
    for paper in submission.papers:
        verdict = paper.verdict
        if verdict is None:
            yield Finding(Group.UNGRADED, *about, paper, paper.problem, review=True)
            continue
        if submission.entry is None:
            said = "graded, but the gradebook holds no marks of it; grade it again with --force."
            yield Finding(Group.UNGRADED, *about, paper, said, review=True)
        waits = submission.in_doubt
        for oddity in verdict.oddities:
            group = _GROUP_OF.get(oddity.kind, Group.DOUBT if oddity.review else Group.NOTE)
            if oddity.kind in _HARMLESS and not oddity.review:
                group = Group.NOTE
            review = waits and oddity.review
            yield Finding(group, *about, paper, oddity.message, review=review)
        yield from _undecided(about, paper, verdict, waits)
        if not verdict.confined:
            said = "student code ran without a sandbox; it could do whatever the grader can."
            yield Finding(Group.OPEN, *about, paper, said)


def _undecided(
    about: tuple[str, str], paper: Paper, verdict: NotebookVerdict, waits: bool
) -> Iterator[Finding]:
    """Checks that broke or never reported; those of one cell together, as one look serves them."""
    broken = [record for record in verdict.checks if record.outcome is Outcome.ERROR]
    for cell in dict.fromkeys(record.grade_cell for record in broken):
        ours = [record for record in broken if record.grade_cell == cell]
        titles = "; ".join(record.title or record.check for record in ours)
        message = f'cell "{cell}": {titles}'
        detail = "\n\n".join(dict.fromkeys(record.detail for record in ours if record.detail))
        yield Finding(Group.ERROR, *about, paper, message, detail, waits)
