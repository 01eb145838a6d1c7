"""Turns the figures of a verdict into shapes with coordinates, which templates write as SVG.

Colours and patterns are classes, so that a page's style sheet draws them for light and dark paper.
No shape speaks by its colour alone, and what it says is also said in words.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from glovebox.figures import LINES, Figure

WIDTH = 360.0
_HEIGHT = 200.0
_RIGHT, _TOP, _BOTTOM = 14.0, 10.0, 38.0
_TICKS = 5
_LETTER, _ASIDE = 10.0, 8.0
"""The widest a letter of an axis is, on a phone, and the room between it and the axis."""
_GAP = 1 / 8
"""The part of a row's place that is left free, so that neighbours can be counted."""
_NUMBERED = 16.0
"""The least distance between two numbers, one below the other."""
_RIGHTS, _WRONGS = 3, 5
"""Patterns of the style sheet for states that are as they should be, and for others."""
_SAID = 8
"""Stretches of wrong rows that are named one by one."""


class _Grid(NamedTuple):
    """The places of a table's rows."""

    most: float
    """Rows that it is good for."""
    columns: int
    wide: float
    tall: float


_CELLS = _Grid(200, 20, 16.0, 16.0)
"""Each row by itself."""
_GRIDS = (_CELLS, _Grid(1_000, 50, 6.4, 10.0), _Grid(math.inf, 100, 3.0, 8.0))

Point = tuple[float, float]


@dataclass(frozen=True)
class Line:
    """A line with the places of its numbers, in pieces where some are missing."""

    name: str
    pieces: tuple[tuple[Point, ...], ...]
    band: tuple[Point, ...]
    """The outline of the area in which it usually lies; nothing, if that is not known."""
    words: str


@dataclass(frozen=True)
class Plot:
    """Lines over 1, 2, 3 ..., with the marks of both axes: their places and their texts."""

    title: str
    x: str
    height: float
    lines: tuple[Line, ...]
    x_ticks: tuple[tuple[float, str], ...]
    y_ticks: tuple[tuple[float, str], ...]
    floor: float
    left: float
    right: float


@dataclass(frozen=True)
class Bar:
    """A row of a table, or of a long table rows in the same state, as one rectangle."""

    x: float
    y: float
    width: float
    look: str
    """The class of its pattern."""
    words: str


@dataclass(frozen=True)
class Strip:
    """The rows of a table, from left to right and line by line."""

    title: str
    height: float
    thick: float
    bars: tuple[Bar, ...]
    numbers: tuple[tuple[float, str], ...]
    """Down from the top, the middle of a line and the number of its first row."""
    left: float
    """Where the lines begin."""
    legend: tuple[tuple[str, str], ...]
    said: tuple[str, ...]
    """Which rows are not as they should be."""


def draw(figure: Figure) -> Plot | Strip:
    """The shapes of a figure."""
    return _plot(figure) if figure["kind"] == LINES else _strip(figure)


def _plot(figure: Figure) -> Plot:
    lines, bands = figure["lines"], figure["bands"]
    known = [v for values in lines.values() for v in values if v is not None]
    known += [v for band in bands.values() for pair in band for v in pair]
    low, high, step = _scale(min(known, default=0.0), max(known, default=1.0))
    longest = max((len(series) for series in (*lines.values(), *bands.values())), default=1)
    digits = max(0, -math.floor(math.log10(step)))
    values = [low + number * step for number in range(round((high - low) / step) + 1)]
    marks = {value: f"{value:.{digits}f}" for value in values}
    left = _LETTER * max(map(len, marks.values())) + _ASIDE

    def across(place: int) -> float:
        share = (place - 1) / (longest - 1) if longest > 1 else 0.5
        return round(left + share * (WIDTH - left - _RIGHT), 1)

    def down(value: float) -> float:
        share = (value - low) / (high - low)
        return round(_HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM), 1)

    drawn = []
    for name, values in lines.items():
        band = bands.get(name, [])
        places = [(across(n), down(v) if v is not None else None) for n, v in enumerate(values, 1)]
        there = groupby(places, key=lambda point: point[1] is not None)
        drawn.append(
            Line(
                name,
                tuple(
                    tuple((x, y) for x, y in piece if y is not None) for ok, piece in there if ok
                ),
                (
                    *((across(n), down(pair[0])) for n, pair in enumerate(band, 1)),
                    *((across(n), down(pair[1])) for n, pair in reversed([*enumerate(band, 1)])),
                ),
                _in_words(values, band),
            )
        )
    every = max(1, math.ceil(longest / 10))
    return Plot(
        title=figure["title"],
        x=figure["x"],
        height=_HEIGHT,
        lines=tuple(drawn),
        x_ticks=tuple((across(n), str(n)) for n in range(1, longest + 1, every)),
        y_ticks=tuple((down(value), text) for value, text in marks.items()),
        floor=_HEIGHT - _BOTTOM,
        left=left,
        right=WIDTH - _RIGHT,
    )


def _scale(low: float, high: float) -> tuple[float, float, float]:
    """Ends of an axis around these numbers, and a step between its marks: 1, 2 or 5 times 10ⁿ."""
    spread = max(high - low, 1e-3, abs(high) * 1e-6)
    rough = spread / (_TICKS - 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
    bottom, top = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return bottom * step, max(top, bottom + 1) * step, step


def _in_words(values: Sequence[float | None], band: Sequence[Sequence[float]]) -> str:
    known = [_short(value) for value in values if value is not None]
    if not known:
        said = "no numbers"
    elif known[0] != known[-1]:
        said = f"from {known[0]} to {known[-1]}"
    else:
        # Ends that print the same are no way from one to the other.
        said = known[0] if len(set(known)) == 1 else f"{known[0]} at first and at the end"
    if band:
        ends = dict.fromkeys(map(_short, band[-1]))
        said += f"; usual at the end: {' to '.join(ends)}"
    return said


def _short(value: float) -> str:
    return f"{value:.3g}" if abs(value) < 1_000 else f"{value:,.0f}"


def _strip(figure: Figure) -> Strip:
    runs = [(str(state), int(number)) for state, number in figure["runs"]]
    total = sum(number for _, number in runs)
    grid = next(grid for grid in _GRIDS if total <= grid.most)
    left = WIDTH - grid.columns * grid.wide
    looks = _looks(figure["good"], [state for state, _ in runs])
    counts = {state: sum(n for name, n in runs if name == state) for state in looks}
    wrong = [words for state, words in _stretches(runs) if state not in figure["good"]]
    more = f"and {len(wrong) - _SAID} more" if len(wrong) > _SAID else ""
    lines = math.ceil(total / grid.columns)
    return Strip(
        title=figure["title"],
        height=lines * grid.tall,
        thick=grid.tall * (1 - _GAP),
        bars=tuple(_bars(runs, looks, grid, left)),
        numbers=tuple(
            (grid.tall * (line + 0.5), str(line * grid.columns))
            for line in range(0, lines, math.ceil(_NUMBERED / grid.tall))
        ),
        left=left,
        legend=tuple((looks[state], f"{state}: {n:,}") for state, n in counts.items() if n),
        said=(*wrong[:_SAID], *filter(None, [more])),
    )


def _looks(good: Sequence[str], found: Sequence[str]) -> dict[str, str]:
    """The class of each state's pattern: another for each, as long as there are enough."""
    rights = list(dict.fromkeys(good))
    wrongs = [state for state in dict.fromkeys(found) if state not in rights]
    return {state: f"right{number % _RIGHTS}" for number, state in enumerate(rights)} | {
        state: f"wrong{number % _WRONGS}" for number, state in enumerate(wrongs)
    }


def _stretches(runs: Sequence[tuple[str, int]]) -> Iterator[tuple[str, str]]:
    """Each run's state, and the sentence on its rows."""
    start = 0
    for state, number in runs:
        last = start + number - 1
        yield state, f"row {start}: {state}" if number == 1 else f"rows {start} to {last}: {state}"
        start += number


def _bars(
    runs: Sequence[tuple[str, int]], looks: Mapping[str, str], grid: _Grid, left: float
) -> Iterator[Bar]:
    if grid is _CELLS:
        runs = [(state, 1) for state, number in runs for _ in range(number)]
    row = 0
    for (state, words), (_, number) in zip(_stretches(runs), runs, strict=True):
        end = row + number
        while row < end:
            line, column = divmod(row, grid.columns)
            here = min(end - row, grid.columns - column)
            yield Bar(
                round(left + grid.wide * (column + _GAP / 2), 2),
                round(grid.tall * (line + _GAP / 2), 2),
                round(grid.wide * (here - _GAP), 2),
                looks[state],
                words,
            )
            row += here
