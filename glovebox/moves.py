"""Who moves when a notebook is graded again: old points, new points, and which checks differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from glovebox.expected import ExpectedNotebook
from glovebox.grade import Graded
from glovebox.verdict import CheckRecord, NotebookVerdict

_EQUAL = 1e-9


@dataclass(frozen=True)
class CheckMove:
    """A check that ended otherwise than before; what is None is there no longer, or was not yet."""

    check: str
    title: str
    before: str | None
    after: str | None
    points_before: float
    points_after: float

    def __str__(self) -> str:
        """In a few words."""
        if self.before == self.after:
            return f"{self.check}: {self.points_before:g} → {self.points_after:g} points"
        return f"{self.check}: {self.before or 'new'} → {self.after or 'gone'}"


@dataclass(frozen=True)
class Move:
    """How the points that count for a student's notebook change.

    ``before`` and ``after`` are those of the cells that checks grade; where a person marked such a
    cell, that mark is what counts, before and after. What being late costs is not in them.
    """

    student: str
    notebook: str
    before: float
    after: float
    max_points: float
    checks: tuple[CheckMove, ...]
    doubtful_before: bool
    doubtful: bool
    """Whether a person must look at the new verdict."""
    by_hand: bool
    """Whether a person's mark holds some of the points where they are."""

    @property
    def change(self) -> float:
        """Points won or lost."""
        return 0.0 if abs(self.after - self.before) < _EQUAL else self.after - self.before

    @property
    def moves(self) -> bool:
        """Whether recording this changes what somebody has, or must look at."""
        return bool(self.change) or self.doubtful != self.doubtful_before

    def as_json(self) -> dict[str, Any]:
        """The move as plain values for ``glovebox regrade --json``."""
        return {**asdict(self), "change": self.change}


def compare(
    student: str,
    expected: ExpectedNotebook,
    filed: Graded | None,
    verdict: NotebookVerdict,
    marks: Mapping[str, float | None],
    by_hand: Mapping[str, float | None],
) -> Move:
    """How a student moves from what is on record to a new verdict.

    Args:
        student: the student's id.
        expected: the notebook.
        filed: the verdict on record, if it can be read.
        verdict: the new one.
        marks: the autograder's points on record, by cell.
        by_hand: a person's points, by cell.
    """
    held = {cell: points for cell in expected.checked if (points := by_hand.get(cell)) is not None}
    before = sum(held.get(cell, marks.get(cell) or 0.0) for cell in expected.checked)
    after = sum(held.get(cell, verdict.cell_points(cell)) for cell in expected.checked)
    return Move(
        student=student,
        notebook=verdict.notebook,
        before=before,
        after=after,
        max_points=verdict.max_points,
        checks=tuple(_differing(filed.verdict.checks if filed else None, verdict.checks)),
        doubtful_before=filed is not None and filed.verdict.needs_review,
        doubtful=verdict.needs_review,
        by_hand=bool(held),
    )


def _differing(
    before: Iterable[CheckRecord] | None, after: Iterable[CheckRecord]
) -> Iterable[CheckMove]:
    if before is None:  # nothing is known of the checks then
        return
    old, new = ({one.check: one for one in records} for records in (before, after))
    for name in [*new, *(name for name in old if name not in new)]:
        was, now = old.get(name), new.get(name)
        points = [one.points if one else 0.0 for one in (was, now)]
        outcomes = [one.outcome.value if one else None for one in (was, now)]
        if outcomes[0] != outcomes[1] or abs(points[0] - points[1]) > _EQUAL:
            some = now or was
            assert some is not None
            yield CheckMove(name, some.title, *outcomes, *points)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Count:
    """How a class moves, in notebooks."""

    unchanged: int
    """Of these, ``not_affected`` were not graded again."""
    not_affected: int
    up: int
    down: int
    doubtful: int
    """Those of the others that a person must look at."""

    def __str__(self) -> str:
        """As one sentence."""
        kept = f" ({self.not_affected} not affected)" if self.not_affected else ""
        doubt = f"; {self.doubtful} doubtful" if self.doubtful else "; none doubtful"
        return f"{self.unchanged} unchanged{kept}, {self.up} up, {self.down} down{doubt}."


def count(moves: Iterable[Move], not_affected: int) -> Count:
    """Count how the affected notebooks move, besides so many that are not affected."""
    moves = list(moves)
    up, down = (sum(sign * one.change > 0 for one in moves) for sign in (1, -1))
    doubtful = sum(one.doubtful for one in moves)
    return Count(len(moves) - up - down + not_affected, not_affected, up, down, doubtful)
