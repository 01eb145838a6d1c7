"""Where the bars, numbers and lines of a histogram stand in its picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from glovebox.report.spread import Bar

WIDTH, HEIGHT = 420.0, 165.0
LEFT, GROUND, HIGHEST = 20.0, 140.0, 120.0
"""Units of the picture: the left end of the axis, the axis, the tallest bar."""
_GAP = 2.0
_TICKS = 4


@dataclass(frozen=True)
class Column:
    """One bar as a rectangle, and where its number stands."""

    bar: Bar
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """From the left."""
        return round(self.x + self.width / 2, 2)


@dataclass(frozen=True)
class Drawing:
    """A histogram as a picture of WIDTH by HEIGHT units."""

    columns: tuple[Column, ...]
    ticks: tuple[tuple[float, float], ...]
    """Places on the axis and the values that they stand for."""
    line: float | None
    """Where the dashed line stands."""


def draw(bars: Sequence[Bar], at: float | None) -> Drawing:
    """A picture of some bars from 0 on, with a dashed line at a value."""
    if not bars:
        return Drawing((), (), None)
    end = bars[-1].end or 1.0
    tallest = max(1, *(bar.number for bar in bars))
    axis = WIDTH - 2 * LEFT
    width = axis / len(bars)
    columns = []
    for place, bar in enumerate(bars):
        height = round(HIGHEST * bar.number / tallest, 2)
        x = round(LEFT + place * width + _GAP / 2, 2)
        columns.append(Column(bar, x, round(GROUND - height, 2), round(width - _GAP, 2), height))
    shares = [tick / _TICKS for tick in range(_TICKS + 1)]
    ticks = tuple((LEFT + axis * share, end * share) for share in shares)
    line = None if at is None else round(LEFT + axis * min(at / end, 1.0), 2)
    return Drawing(tuple(columns), ticks, line)
