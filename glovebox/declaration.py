"""What a hidden check declares with its markers and its docstring."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from glovebox.errors import UserError
from glovebox.show import clean_text
from glovebox.verdict import CheckRecord, Outcome

REVEAL = ("example", "hint", "nothing")
"""How much a student sees of a failed check besides its title.

The smallest input that failed, with what came and what was expected, and the hint; the hint only;
or neither. Exceptions of the student's own are always shown.
"""

_MAX_MESSAGE, _MAX_DETAIL = 4_000, 20_000


class ChecksError(UserError):
    """The checks themselves cannot be run; the sentence says which and why."""


@dataclass(frozen=True)
class Check:
    """What is known of a check before it runs."""

    name: str
    title: str
    grade_cell: str
    points: float
    hint: str
    needs: tuple[str, ...]
    reveal: str = "example"

    def revealed(self, message: str) -> str:
        """As much of a sentence about the student's work as this check lets the student see."""
        return message if self.reveal == "example" else ""

    def record(
        self, outcome: Outcome, message: str = "", detail: str = "", duration: float = 0.0
    ) -> CheckRecord:
        """The record of this check with a given outcome; only a pass earns its points."""
        return CheckRecord(
            check=self.name,
            title=self.title,
            grade_cell=self.grade_cell,
            outcome=outcome,
            points=self.points if outcome is Outcome.PASSED else 0.0,
            max_points=self.points,
            # A message can hold what the student's process said, in any characters and any length.
            message=clean_text(message)[:_MAX_MESSAGE],
            # Where the check could not decide, nobody knows of a mistake to hint at.
            hint=self.hint if outcome in (Outcome.FAILED, Outcome.NOT_RUN) else "",
            detail=clean_text(detail)[-_MAX_DETAIL:],
            duration=duration,
        )


def describe(item: pytest.Item) -> Check:
    """What a check declares.

    Raises:
        ChecksError: a marker or the docstring is missing or malformed.
    """
    cell, points = item.get_closest_marker("grade_cell"), item.get_closest_marker("points")
    document = (getattr(getattr(item, "obj", None), "__doc__", None) or "").strip()
    if cell is None or len(cell.args) != 1 or not isinstance(cell.args[0], str):
        raise ChecksError(f'{item.nodeid}: mark it with grade_cell("<grade_id>").')
    worth = points.args[0] if points is not None and points.args else None
    if points is None or not isinstance(worth, (int, float)) or not 0 < worth < 1000:
        raise ChecksError(f'{item.nodeid}: mark it with points(<number>, hint="...").')
    if not document:
        raise ChecksError(f"{item.nodeid}: give it a docstring; students read it as the title.")
    needs = tuple(str(name) for mark in item.iter_markers("needs") for name in mark.args)
    reveal = points.kwargs.get("reveal", REVEAL[0])
    if reveal not in REVEAL:
        known = " or ".join(f'"{one}"' for one in REVEAL)
        raise ChecksError(f"{item.nodeid}: reveal is {known}, not {reveal!r}.")
    hint = str(points.kwargs.get("hint", "")) if reveal != "nothing" else ""
    title = document.splitlines()[0]
    return Check(item.name, title, cell.args[0], float(worth), hint, needs, reveal)


def notebook_of(module: Any) -> str:
    """The notebook that a module of hidden checks grades, from its file name."""
    return Path(module.__file__).stem.removeprefix("test_")


def beside(key: str, name: str) -> str:
    """The key of another check of the same module."""
    return f"{key.rpartition('::')[0]}::{name}"


def module_of(item: pytest.Item) -> Any:
    """The module of checks that a check is in."""
    return item.getparent(pytest.Module).obj  # type: ignore[union-attr]
