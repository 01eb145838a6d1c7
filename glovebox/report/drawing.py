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
_TOP, _ABOVE = 4.0, 5.0
"""Where the dashed line begins, and how far above its bar a number stands."""
_DIGIT, _TALL, _FREE = 9.0, 12.0, 3.0
"""The size of a digit, at the most, and what is left free around a number."""
_SPECK = 8.0
"""A piece of the line that is no longer says nothing."""


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

    @property
    def foot(self) -> float:
        """On which its number stands."""
        return self.y - _ABOVE

    def crossed(self, x: float) -> bool:
        """Whether a line from top to bottom would run through its number, or touch it."""
        half = len(str(self.bar.number)) * _DIGIT / 2 + _FREE
        return bool(self.bar.number) and abs(self.middle - x) < half


@dataclass(frozen=True)
class Drawing:
    """A histogram as a picture of WIDTH by HEIGHT units."""

    columns: tuple[Column, ...]
    ticks: tuple[tuple[float, float], ...]
    """Places on the axis and the values that they stand for."""
    line: float | None
    """Where the dashed line stands."""
    pieces: tuple[tuple[float, float], ...]
    """From where down to where it is drawn: not through numbers."""


def draw(bars: Sequence[Bar], at: float | None) -> Drawing:
    """A picture of some bars from 0 on, with a dashed line at a value."""
    if not bars:
        return Drawing((), (), None, ())
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
    return Drawing(tuple(columns), ticks, line, _pieces(columns, line))


def _pieces(columns: Sequence[Column], line: float | None) -> tuple[tuple[float, float], ...]:
    if line is None:
        return ()
    pieces, start = [], _TOP
    for foot in sorted(one.foot for one in columns if one.crossed(line)):
        if foot - _TALL - start > _SPECK:
            pieces.append((start, round(foot - _TALL, 2)))
        start = max(start, round(foot + _FREE, 2))
    return (*pieces, (start, GROUND))
