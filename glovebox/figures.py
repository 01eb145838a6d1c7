"""Pictures that a check leaves for the student's feedback, as plain numbers.

A check hands one over with pytest's own ``record_property("figure", lines(...))``, whatever it then
decides; the verdict keeps it, and :mod:`glovebox.drawing` draws it. No figure earns a point.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

Figure = dict[str, Any]
"""What JSON can hold; ``kind`` says what else is in it."""
PROPERTY = "figure"
LINES, ROWS = "lines", "rows"
_LARGEST = 1e9
"""Numbers beyond are a gap: next to them no other would show."""
_MOST_POINTS, _MOST_LINES, _MOST_RUNS = 1_000, 8, 5_000


def lines(
    title: str,
    lines: Mapping[str, Sequence[Any]],
    *,
    x: str,
    bands: Mapping[str, Sequence[Sequence[float]]] | None = None,
) -> Figure:
    """Numbers over 1, 2, 3 ..., each line by its name.

    Args:
        title: what the numbers are.
        lines: the student's numbers. What is no finite number leaves a gap.
        x: what is counted along the axis, such as "epoch".
        bands: for some of the lines the pairs (low, high) between which they usually are.
    """
    kept = itertools.islice(lines.items(), _MOST_LINES)
    return {
        "kind": LINES,
        "title": title,
        "x": x,
        "lines": {name: [_number(v) for v in values[:_MOST_POINTS]] for name, values in kept},
        "bands": {name: _band(pairs) for name, pairs in (bands or {}).items()},
    }


def rows(title: str, states: Iterable[str], *, good: Iterable[str]) -> Figure:
    """What each row of a table is, in a word or a few.

    Args:
        title: which table.
        states: one for each row, from row 0 on.
        good: the states that are as they should be.
    """
    runs = [[state, len(list(group))] for state, group in itertools.groupby(states)]
    return {"kind": ROWS, "title": title, "runs": runs[:_MOST_RUNS], "good": list(good)}


def figures_in(properties: Iterable[tuple[str, object]]) -> tuple[Figure, ...]:
    """The figures among the properties that a check recorded."""
    return tuple(value for name, value in properties if name == PROPERTY and type(value) is dict)


def _band(pairs: Sequence[Sequence[float]]) -> list[list[float | None]]:
    """The pairs up to the first that is none of finite numbers: a band has no gap."""
    numbers = ([_number(end) for end in pair] for pair in pairs[:_MOST_POINTS])
    return list(itertools.takewhile(lambda pair: None not in pair, numbers))


def _number(value: Any) -> float | None:
    # The value is a student's, and bool is no number here; NaN is not below anything.
    if isinstance(value, np.number):
        value = value.item()
    if type(value) not in (int, float):
        return None
    # Without the sign of a zero.
    return round(float(value), 6) + 0.0 if abs(value) <= _LARGEST else None
