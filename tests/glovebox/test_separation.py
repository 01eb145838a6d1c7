"""Thresholds between right and wrong work, and how often they err, against simulated trainings."""

from __future__ import annotations

import random
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glovebox.separation import (
    FALSE_FAIL,
    FALSE_PASS,
    NotSeparated,
    Rule,
    below,
    choose,
    false_fail,
    false_pass,
    observed,
)


def draws(mean: float, deviation: float, number: int, seed: int = 0) -> list[float]:
    source = random.Random(f"{mean} {deviation} {number} {seed}")
    return [source.gauss(mean, deviation) for _ in range(number)]


@pytest.mark.parametrize("tries", [1, 2, 3])
def test_a_rule_keeps_what_it_promises(tries: int) -> None:
    right, wrong = draws(0.87, 0.016, 200), {"shifted": draws(0.54, 0.013, 100)}
    rule = choose(right, wrong, tries)
    assert 0.54 < rule.floor < rule.threshold < 0.87
    assert false_fail(rule, right).highest < FALSE_FAIL
    assert false_pass(rule.floor, tries, wrong["shifted"]).highest <= FALSE_PASS
    # The truth, which only a simulation knows, is within what was promised.
    truly = NormalDist(0.87, 0.016).cdf(rule.threshold) ** tries
    assert truly < FALSE_FAIL
    assert 1 - NormalDist(0.54, 0.013).cdf(rule.floor) ** tries < FALSE_PASS


def test_the_nearest_wrong_kind_sets_the_floor() -> None:
    right = draws(0.9, 0.01, 100)
    low, high = draws(0.5, 0.01, 100), draws(0.6, 0.01, 100)
    both = choose(right, {"low": low, "high": high}, 1)
    assert both == choose(right, {"high": high}, 1)
    assert both.floor > choose(right, {"low": low}, 1).floor


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        (draws(0.60, 0.02, 200), draws(0.58, 0.02, 200), "from “wrong”, which may get"),
        (draws(0.50, 0.02, 200), draws(0.90, 0.02, 200), "No threshold separates"),
        # With a few runs nobody knows how far they spread.
        ([0.85, 0.87, 0.89], [0.53, 0.54, 0.55], "No threshold separates"),
        (draws(0.87, 0.016, 200), [0.5, 0.5], "wrong: 2 runs are too few"),
    ],
)
def test_what_cannot_be_separated_is_refused(
    right: list[float], wrong: list[float], said: str
) -> None:
    with pytest.raises(NotSeparated, match=said):
        choose(right, {"wrong": wrong}, 2)


def test_points_slope_between_floor_and_threshold() -> None:
    rule = Rule(0.6, 0.8, 2)
    assert rule.share([0.5, 0.55]) == rule.share([0.6]) == 0
    assert rule.share([0.5, 0.7]) == pytest.approx(0.5)
    assert rule.share([0.8]) == rule.share([0.95, 0.1]) == 1


def test_the_upper_end_covers_the_truth_as_often_as_it_says() -> None:
    truth = NormalDist(0.5, 0.02).cdf(0.46)
    covered = sum(below(draws(0.5, 0.02, 30, seed), 0.46).highest >= truth for seed in range(400))
    assert covered >= 0.95 * 400


@pytest.mark.parametrize(
    ("times", "runs", "interval"),
    # Of a table of exact binomial limits.
    [(0, 10, (0.0, 0.3085)), (1, 10, (0.0025, 0.4450)), (5, 10, (0.1871, 0.8129)),
     (10, 10, (0.6915, 1.0)), (0, 200, (0.0, 0.0183))],
)  # fmt: skip
def test_exact_intervals(times: int, runs: int, interval: tuple[float, float]) -> None:
    assert observed(times, runs) == pytest.approx(interval, abs=5e-5)


@given(st.integers(1, 300), st.data())
def test_intervals_hold_the_observed_share(runs: int, data: st.DataObject) -> None:
    times = data.draw(st.integers(0, runs))
    low, high = observed(times, runs)
    assert 0 <= low <= times / runs <= high <= 1
