"""How numbers are spread over a class: quartiles, and a histogram of marks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

_MOST_BINS = 20


@dataclass(frozen=True)
class Spread:
    """Least, quartiles and greatest of some numbers."""

    least: float
    lower: float
    middle: float
    upper: float
    greatest: float


def spread(values: Sequence[float]) -> Spread | None:
    """The spread of some numbers; None if there are none.

    Quartiles are those of linear interpolation, NumPy's default.
    """
    if not values:
        return None
    if len(values) == 1:
        return Spread(*[float(values[0])] * 5)
    lower, middle, upper = quantiles(values, n=4, method="inclusive")
    return Spread(float(min(values)), lower, middle, upper, float(max(values)))


@dataclass(frozen=True)
class Bar:
    """How many values lie from ``start`` on up to ``end``, which only the last bar includes."""

    start: float
    end: float
    number: int


def histogram(values: Sequence[float], greatest: float) -> list[Bar]:
    """Bars of equal width from 0 to ``greatest``; what lies beyond is in the last.

    Their width is a whole number, or a whole part of one, so that no mark is on two sides.
    """
    top = max([greatest, *values], default=0.0)
    if top <= 0:
        return [Bar(0.0, 0.0, len(values))] if values else []
    width = next(w for w in _widths() if top / w <= _MOST_BINS)
    number = math.ceil(top / width - 1e-9)
    counts = [0] * number
    for value in values:
        # Sums of points such as 0.1 may lie a hair below the border that they mean.
        counts[min(max(math.floor(value / width + 1e-9), 0), number - 1)] += 1
    return [Bar(n * width, (n + 1) * width, count) for n, count in enumerate(counts)]


def _widths() -> list[float]:
    return [step * 10.0**power for power in range(-2, 9) for step in (1, 2, 5)]


@dataclass(frozen=True)
class Robust:
    """The middle of some numbers, and a spread that a few far ones do not widen."""

    middle: float
    spread: float


def robust(values: Sequence[float], least_spread: float = 0.0) -> Robust:
    """Median, and the median distance from it, scaled to be a normal distribution's deviation."""
    middle = median(values)
    distance = median(abs(value - middle) for value in values)
    return Robust(middle, max(1.4826 * distance, least_spread))
