"""Which submissions are more alike than this class's submissions are anyway.

Method. Of each submission only the student's answers are compared, without what was released, and
as signs in which names, strings, numbers, comments and white space do not count
(:mod:`glovebox.report.tokens`). The likeness of two answers is the share of signs that stand in
both in the same order (twice the longest common subsequence, by the sum of both lengths;
RapidFuzz).

Short answers to a textbook's question are alike by nature. So of each likeness that is taken off
which is usual: for each student and answer, how alike it is to that of the classmate at the edge of
the nearest twentieth of the class (at least the third nearest). What more than a few wrote alike is
usual, whoever wrote it, and below a likeness of 0.7 nothing counts. What remains is counted in
signs, by which long answers weigh more. The sum over all answers is how far a pair *stands out*.

How much of that is chance tells the class itself: for each student the classmate is found with whom
the pair stands out most. Of these sums the median is taken, and the median distance from it (scaled
to be the standard deviation of a normal distribution). Shown are pairs that lie more than four of
these distances above the median, and at least 25 signs above what is usual; and, since in a small
class that distance is uncertain, pairs above those 25 signs that are at least 95 % alike. Where a
large group wrote the same, or more than half of a class copied from one another, this is blind.

The comparison of fingerprints against the background of a class is that of Schleimer, Wilkerson and
Aiken, Winnowing: Local Algorithms for Document Fingerprinting (SIGMOD 2003), section 5; here with
whole answers, which are short enough for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from glovebox.report.answers import Answers
from glovebox.report.spread import Robust, robust
from glovebox.report.tokens import Tokens, tokens

LEAST_STUDENTS = 5
"""With fewer, nothing can be said to be usual."""
LEAST_SIGNS = 25.0
LEAST_SPREADS = 4.0
NEARLY_SAME = 0.95
"""Likeness from which on a pair needs only the least signs to be shown."""
_NEAREST = 0.05
"""The share of the class that may be alike before it is usual."""
_LEAST_NEAREST = 2
_LEAST_LIKENESS = 0.7
"""Below that two answers have in common what any two programs have."""
_LEAST_SPREAD = 2.0
"""Signs; in a class that all wrote the same, the smallest difference would stand out."""

_Matrix = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True)
class Shared:
    """One answer of both students of a pair."""

    answer: str
    likeness: float
    """From 0 to 1."""
    usual: float
    """The greater of both students' usual likeness."""
    signs: float
    """How much more is alike than is usual."""
    first: str
    second: str
    """Both students' sources."""


@dataclass(frozen=True)
class Pair:
    """Two students whose answers stand out by their likeness."""

    notebook: str
    first: str
    second: str
    likeness: float
    """Of all answers that both gave, longer ones weighing more; from 0 to 1."""
    usual: float
    signs: float
    """How far they stand out."""
    spreads: float
    """The same, in the class's spreads above its median."""
    shared: tuple[Shared, ...]
    """Answers that both gave and that are more alike than usual, the most telling first."""


@dataclass(frozen=True)
class Comparison:
    """What came of comparing all submissions of one notebook."""

    notebook: str
    students: int
    """How many gave an answer."""
    pairs: tuple[Pair, ...]
    """Those that stand out, the farthest first."""
    quantiles: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Of the likeness of all pairs: median, 90 and 99 in 100."""
    nearest: Robust = field(default=Robust(0.0, 0.0))
    """Signs by which each student's nearest classmate stands out: their middle and spread."""

    @property
    def limit(self) -> float:
        """Signs from which on a pair is shown, however alike it is."""
        return max(LEAST_SIGNS, self.nearest.middle + LEAST_SPREADS * self.nearest.spread)


class _Column:
    """One answer of all who gave it, each compared with each."""

    def __init__(self, name: str, owners: Sequence[int], signs: Sequence[Tokens]) -> None:
        from rapidfuzz.distance import Indel
        from rapidfuzz.process import cdist

        self.name = name
        self.row = {owner: row for row, owner in enumerate(owners)}
        self.grid = np.ix_(owners, owners)
        alphabet: dict[str, str] = {}
        # Strings are compared faster than tuples: a character for each sign, surrogates left out.
        texts = [
            "".join(alphabet.setdefault(sign, _character(len(alphabet))) for sign in one.signs)
            for one in signs
        ]
        found = cdist(texts, texts, scorer=Indel.normalized_similarity, dtype=np.float32)
        self.likeness = found.astype(np.float32, copy=False)
        np.fill_diagonal(self.likeness, -1)
        self.usual = _usual(self.likeness)
        lengths = np.array([len(one) for one in signs], dtype=np.float32)
        self.weight: _Matrix = (lengths[:, None] + lengths[None, :]) * np.float32(0.5)

    @cached_property
    def excess(self) -> _Matrix:
        """Likeness beyond what is usual for both, where there is enough of it."""
        beyond = np.maximum(self.likeness - self.both_usual, 0)
        return np.where(self.likeness >= _LEAST_LIKENESS, beyond, np.float32(0))

    @cached_property
    def both_usual(self) -> _Matrix:
        """What is usual for the one or the other of two, whichever is more."""
        return np.maximum(self.usual[:, None], self.usual[None, :])


def _character(number: int) -> str:
    return chr(number if number < 0xD800 else number + 0x800)


def _usual(likeness: _Matrix) -> _Matrix:
    """For each student the likeness to the classmate at the edge of the nearest few."""
    number = len(likeness)
    place = max(_LEAST_NEAREST, round(_NEAREST * number))
    # The diagonal holds -1 and so is the smallest of a row.
    return np.partition(likeness, number - 1 - place, axis=1)[:, number - 1 - place]


def compare(
    notebook: str, works: Mapping[str, Answers], written: frozenset[str] = frozenset()
) -> Comparison:
    """Compare all submissions of one notebook with one another.

    For n students that takes time and memory in proportion to n²: half a million comparisons of an
    answer, and a few matrices of 4 MB, for 1,000.

    Args:
        notebook: its name.
        works: the answers of each student.
        written: the answers that are text and no code.
    """
    students = sorted(student for student, answers in works.items() if answers)
    if len(students) < LEAST_STUDENTS:
        return Comparison(notebook, len(students), ())
    size = (len(students), len(students))
    signs, alike, usual, weight = (np.zeros(size, dtype=np.float32) for _ in range(4))
    columns = []
    for name in dict.fromkeys(name for student in students for name in works[student]):
        owners = [row for row, student in enumerate(students) if works[student].get(name)]
        if len(owners) < LEAST_STUDENTS:
            continue
        sources = [works[students[owner]][name] for owner in owners]
        column = _Column(name, owners, [tokens(source, name in written) for source in sources])
        signs[column.grid] += column.excess * column.weight
        alike[column.grid] += column.likeness * column.weight
        usual[column.grid] += column.both_usual * column.weight
        weight[column.grid] += column.weight
        columns.append(column)
    np.fill_diagonal(signs, 0)
    upper = np.triu(weight > 0, k=1)
    if not upper.any():
        return Comparison(notebook, len(students), ())
    weight = np.maximum(weight, 1e-9)
    alike, usual = alike / weight, usual / weight
    median, most, nearly_all = np.quantile(alike[upper], (0.5, 0.9, 0.99))
    nearest = robust([float(one) for one in signs.max(axis=1)], _LEAST_SPREAD)
    found = Comparison(
        notebook, len(students), (), (float(median), float(most), float(nearly_all)), nearest
    )
    shown = (signs >= found.limit) | ((signs >= LEAST_SIGNS) & (alike >= NEARLY_SAME))
    rows = np.argwhere(np.triu(shown, k=1))
    pairs = [
        Pair(
            notebook,
            students[i],
            students[j],
            float(alike[i, j]),
            float(usual[i, j]),
            float(signs[i, j]),
            (float(signs[i, j]) - nearest.middle) / nearest.spread,
            _shared(columns, i, j, works[students[i]], works[students[j]]),
        )
        for i, j in rows
    ]
    pairs.sort(key=lambda pair: (-pair.signs, pair.first, pair.second))
    return Comparison(notebook, found.students, tuple(pairs), found.quantiles, nearest)


def _shared(
    columns: Sequence[_Column], i: int, j: int, first: Answers, second: Answers
) -> tuple[Shared, ...]:
    found = []
    for column in columns:
        if i not in column.row or j not in column.row:
            continue
        row, other = column.row[i], column.row[j]
        signs = float(column.excess[row, other] * column.weight[row, other])
        if signs > 0:
            numbers = (float(column.likeness[row, other]), float(column.both_usual[row, other]))
            sources = (first[column.name], second[column.name])
            found.append(Shared(column.name, *numbers, signs, *sources))
    return tuple(sorted(found, key=lambda one: -one.signs))
