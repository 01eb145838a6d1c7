"""Where a threshold between right and wrong work belongs, and how often it errs.

Accuracies of one kind of work over many seeds are taken for draws from a normal distribution, whose
mean and standard deviation are known only as well as the draws tell: every probability is given
with the upper end of its confidence interval, and it is that end which the targets are about. What
was observed is reported beside it with its exact interval, which assumes nothing (Clopper and
Pearson, The Use of Confidence or Fiducial Limits, Biometrika 26, 1934).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean, stdev

from glovebox.errors import UserError

CONFIDENCE = 0.95
FALSE_FAIL, FALSE_PASS = 1e-4, 1e-3
"""Targets: how often right work may be short of full marks, and wrong work may get any."""
_LEAST_RUNS = 3
_NORMAL = NormalDist()


class NotSeparated(UserError):
    """No threshold tells right work from wrong; the sentence says what gets in the way."""


@dataclass(frozen=True)
class Rule:
    """Full marks from ``threshold`` on, none up to ``floor``, a slope between.

    Levels are accuracies from 0 to 1; the best of ``tries`` counts.
    """

    floor: float
    threshold: float
    tries: int

    def share(self, accuracies: Sequence[float]) -> float:
        """The share (0 to 1) of the points that these tries earn."""
        above = max(accuracies) - self.floor
        return min(max(above / (self.threshold - self.floor), 0.0), 1.0)


@dataclass(frozen=True)
class Chance:
    """How probable something is: the estimate and the upper end of its confidence interval."""

    estimate: float
    highest: float


def choose(right: Sequence[float], wrong: Mapping[str, Sequence[float]], tries: int) -> Rule:
    """The rule that leaves room on both sides.

    The floor is the lowest level that each kind of wrong work exceeds in no more than one of
    1 / ``FALSE_PASS`` gradings. The highest threshold that right work misses in no more than one of
    1 / ``FALSE_FAIL`` lies above it, or there is none; three quarters of the way up to that one,
    the threshold leaves room for other machines and other versions of libraries.

    Raises:
        NotSeparated: right work does not get higher than wrong work, or there are too few runs.
    """
    for name, values in {"right work": right, **wrong}.items():
        if len(values) < _LEAST_RUNS:
            raise NotSeparated(f"{name}: {len(values)} runs are too few; {_LEAST_RUNS} are needed.")
    least = {name: _level(values, _once(FALSE_PASS, tries)) for name, values in wrong.items()}
    most = 1 - _level([1 - value for value in right], FALSE_FAIL ** (1 / tries))
    nearest = max(least, key=lambda name: least[name], default=None)
    floor = math.ceil(100 * least[nearest]) / 100 if nearest is not None else 0.0
    threshold = math.floor(100 * (floor + 0.75 * (most - floor))) / 100
    if threshold <= floor:
        raise NotSeparated(
            f"No threshold separates right work, which may get as little as {most:.2f}, "
            f"from “{nearest}”, which may get as much as {floor:.2f}."
        )
    return Rule(floor, threshold, tries)


def false_fail(rule: Rule, right: Sequence[float]) -> Chance:
    """How often right work gets less than full marks: each of its tries is below the threshold."""
    once = below(right, rule.threshold)
    return Chance(once.estimate**rule.tries, once.highest**rule.tries)


def false_pass(level: float, tries: int, wrong: Sequence[float]) -> Chance:
    """How often one of the tries of wrong work reaches a level."""
    once = below([-value for value in wrong], -level)
    estimate, highest = (-math.expm1(tries * math.log1p(-p)) for p in (once.estimate, once.highest))
    return Chance(estimate, highest)


def below(values: Sequence[float], level: float) -> Chance:
    """How probable it is that one more value is less than a level."""
    mean, deviation = fmean(values), max(stdev(values), 1e-9)
    lowest, widest = _bounds(values)
    return Chance(_NORMAL.cdf((level - mean) / deviation), _NORMAL.cdf((level - lowest) / widest))


def observed(times: int, runs: int) -> tuple[float, float]:
    """The exact confidence interval of a probability, when something happened so often."""
    half = (1 - CONFIDENCE) / 2

    def solve(target: float, up_to: int) -> float:
        """The probability at which so few successes or fewer have this probability."""
        low, high = 0.0, 1.0
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if _binomial(up_to, runs, middle) > target else (low, middle)
        return low

    lowest = 0.0 if times == 0 else solve(1 - half, times - 1)
    highest = 1.0 if times == runs else solve(half, times)
    return lowest, highest


def _binomial(up_to: int, runs: int, p: float) -> float:
    """The probability of at most so many successes."""
    if p in (0.0, 1.0):
        return float(p == 0.0 or up_to >= runs)
    logs = (
        math.lgamma(runs + 1) - math.lgamma(k + 1) - math.lgamma(runs - k + 1)
        + k * math.log(p) + (runs - k) * math.log1p(-p)
        for k in range(up_to + 1)
    )  # fmt: skip
    return math.fsum(map(math.exp, logs))


def _once(chance: float, tries: int) -> float:
    """The probability in each of the tries that makes this chance in any of them."""
    return -math.expm1(math.log1p(-chance) / tries)


def _level(values: Sequence[float], chance: float) -> float:
    """The level that one more value exceeds with this probability, at the cautious end."""
    lowest, widest = _bounds([-value for value in values])
    return -lowest + widest * _NORMAL.inv_cdf(1 - chance)


def _bounds(values: Sequence[float]) -> tuple[float, float]:
    """How low the mean may truly be, and how wide the spread, at the confidence asked for.

    Half of the doubt is spent on each. The chi-square quantile is that of Wilson and Hilferty (The
    Distribution of Chi-Square, PNAS 17, 1931).
    """
    n, deviation = len(values), max(stdev(values), 1e-9)
    z = _NORMAL.inv_cdf(1 - (1 - CONFIDENCE) / 2)
    degrees = n - 1
    chi_square = degrees * (1 - 2 / (9 * degrees) - z * math.sqrt(2 / (9 * degrees))) ** 3
    # At most four times what was seen: beyond that the approximation fails, with very few runs.
    widest = deviation * math.sqrt(degrees / max(chi_square, degrees / 16))
    return fmean(values) - z * widest / math.sqrt(n), widest
