"""Item analysis: what the marks of a class say about the checks that gave them.

Pass rate and discrimination are those of classical test theory (Crocker and Algina, Introduction to
Classical and Modern Test Theory, 1986, chapter 14); the discrimination of a check is its
correlation, over the submissions, with the points of all the other checks.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from glovebox.assignment import list_notebooks
from glovebox.coursefolder import VERDICT_SUFFIX
from glovebox.errors import UserError
from glovebox.verdict import NotebookVerdict, Outcome

_LOW = 0.1
"""Below this discrimination a check tells nothing about who understood."""
_LEAST = 10
"""Submissions below which a discrimination is left to chance."""


class NoClass(UserError):
    """There are no graded submissions to analyse."""


@dataclass(frozen=True)
class Item:
    """One check in the marks of a class; rates from 0 to 1, discrimination from -1 to 1."""

    notebook: str
    check: str
    submissions: int
    pass_rate: float
    discrimination: float | None
    """None where all submissions fared alike, in this check or in all the others."""
    same_as: tuple[str, ...]
    """Other checks that the very same submissions failed."""

    @property
    def remark(self) -> str:
        """What an instructor might look into."""
        if self.pass_rate == 1:
            return "nobody fails it"
        if self.pass_rate == 0:
            return "nobody passes it"
        if self.same_as:
            return f"fails together with {', '.join(self.same_as)}"
        if self.submissions < _LEAST or self.discrimination is None:
            return ""
        if self.discrimination < 0:
            return "the better the rest, the likelier it fails"
        return "says little about the rest" if self.discrimination < _LOW else ""


def read_class(course_root: Path, assignment: str) -> list[NotebookVerdict]:
    """The verdicts on an assignment's submissions that have been graded.

    Raises:
        AssignmentError: there is no such assignment.
        NoClass: none has been graded, or a verdict cannot be read.
    """
    list_notebooks(course_root, assignment)
    folder = course_root / "autograded"
    verdicts = []
    for path in sorted(folder.glob(f"*/{assignment}/*{VERDICT_SUFFIX}")):
        try:
            verdicts.append(NotebookVerdict.read(path))
        except ValueError as error:
            raise NoClass(f"{path}: {error}; grade it again.") from error
    if not verdicts:
        raise NoClass(
            f"{folder}: no submission of {assignment} has been graded; "
            f"`glovebox autograde {assignment}` does that."
        )
    return verdicts


def analyse(verdicts: Sequence[NotebookVerdict]) -> list[Item]:
    """The items of each notebook, in the order of its checks.

    Verdicts of earlier checks, which have since been changed, are left out: only those of the
    assignment as the latest of them was graded are alike.
    """
    items = []
    for notebook in sorted({verdict.notebook for verdict in verdicts}):
        ours = [verdict for verdict in verdicts if verdict.notebook == notebook]
        names = [record.check for record in ours[-1].checks]
        alike = [v for v in ours if [record.check for record in v.checks] == names]
        table = {
            name: [verdict.checks[place].outcome is Outcome.PASSED for verdict in alike]
            for place, name in enumerate(names)
        }
        for place, name in enumerate(names):
            rest = [v.points - v.checks[place].points for v in alike]
            same = [other for other in names if other != name and table[other] == table[name]]
            items.append(
                Item(
                    notebook=notebook,
                    check=name,
                    submissions=len(alike),
                    pass_rate=fmean(table[name]),
                    discrimination=_correlation([float(passed) for passed in table[name]], rest),
                    same_as=tuple(same) if 0 < sum(table[name]) < len(alike) else (),
                )
            )
    return items


def _correlation(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Pearson's correlation; None where one of the two does not vary."""
    middle, other_middle = fmean(one), fmean(other)
    pairs = [(a - middle, b - other_middle) for a, b in zip(one, other, strict=True)]
    spread = math.sqrt(sum(a * a for a, _ in pairs) * sum(b * b for _, b in pairs))
    return sum(a * b for a, b in pairs) / spread if spread > 1e-12 else None
