"""Turns the figures of a verdict into shapes with coordinates, which templates write as SVG.

Colours are classes, so that a page's style sheet draws them for light and dark paper; what a shape
says is also said in words.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from glovebox.figures import LINES, Figure

WIDTH = 480.0
_HEIGHT = 220.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 10.0, 10.0, 34.0
_TICKS = 5
_NARROW, _WIDE, _MANY = 25, 100, 500
"""Rows of a table side by side: so many of few, and of many."""
_SAID = 8
"""Stretches of wrong rows that are named one by one."""

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


@dataclass(frozen=True)
class Bar:
    """Rows of a table in the same state, as one rectangle."""

    x: float
    y: float
    width: float
    state: int
    words: str


@dataclass(frozen=True)
class Strip:
    """The rows of a table, from left to right and line by line."""

    title: str
    height: float
    thick: float
    bars: tuple[Bar, ...]
    legend: tuple[tuple[int, str], ...]
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

    def across(place: int) -> float:
        share = (place - 1) / (longest - 1) if longest > 1 else 0.5
        return round(_LEFT + share * (WIDTH - _LEFT - _RIGHT), 1)

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
    digits = max(0, -math.floor(math.log10(step)))
    ticks = [low + number * step for number in range(round((high - low) / step) + 1)]
    return Plot(
        title=figure["title"],
        x=figure["x"],
        height=_HEIGHT,
        lines=tuple(drawn),
        x_ticks=tuple((across(n), str(n)) for n in range(1, longest + 1, every)),
        y_ticks=tuple((down(value), f"{value:.{digits}f}") for value in ticks),
        floor=_HEIGHT - _BOTTOM,
        left=_LEFT,
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
    known = [value for value in values if value is not None]
    said = f"from {known[0]:.3g} to {known[-1]:.3g}" if known else "no numbers"
    if band:
        said += f"; usual at the end: {band[-1][0]:.3g} to {band[-1][1]:.3g}"
    return said


def _strip(figure: Figure) -> Strip:
    runs = [(str(state), int(number)) for state, number in figure["runs"]]
    total = sum(number for _, number in runs)
    columns = _WIDE if total > _MANY else _NARROW
    thick = WIDTH / columns
    states = list(dict.fromkeys([*figure["good"], *(state for state, _ in runs)]))
    counts = {state: sum(n for name, n in runs if name == state) for state in states}
    wrong = [words for state, words in _stretches(runs) if state not in figure["good"]]
    more = f"and {len(wrong) - _SAID} more" if len(wrong) > _SAID else ""
    return Strip(
        title=figure["title"],
        height=math.ceil(total / columns) * thick,
        thick=thick,
        bars=tuple(_bars(runs, states, columns, thick)),
        legend=tuple((states.index(s), f"{s}: {n:,}") for s, n in counts.items() if n),
        said=(*wrong[:_SAID], *filter(None, [more])),
    )


def _stretches(runs: Sequence[tuple[str, int]]) -> Iterator[tuple[str, str]]:
    """Each run's state, and the sentence on its rows."""
    start = 0
    for state, number in runs:
        last = start + number - 1
        yield state, f"row {start}: {state}" if number == 1 else f"rows {start} to {last}: {state}"
        start += number


def _bars(
    runs: Sequence[tuple[str, int]], states: Sequence[str], columns: int, thick: float
) -> Iterator[Bar]:
    place = 0
    for (state, words), (_, number) in zip(_stretches(runs), runs, strict=True):
        end = place + number
        while place < end:
            line, column = divmod(place, columns)
            here = min(end - place, columns - column)
            yield Bar(
                round(column * thick, 2),
                round(line * thick, 2),
                round(here * thick, 2),
                states.index(state),
                words,
            )
            place += here
