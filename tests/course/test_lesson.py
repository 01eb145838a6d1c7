"""The lesson shows on the small data set: few seeds, generous bounds (docs/small-data.md has more).

The bounds leave several standard deviations on each side of what 20 seeds gave.
"""

from statistics import fmean

import pytest

from course import measure
from course.measure import DOWN, FIRST, GLOVE, RANDOM, SCRATCH, UP, Encoded

pytestmark = pytest.mark.slow
SEEDS = range(100, 103)


def mean_accuracy(encoded: Encoded, model: str, reviews: int) -> float:
    return fmean(measure.accuracy(encoded, model, reviews, seed) for seed in SEEDS)


@pytest.fixture(scope="module")
def glove(encoded_small: Encoded) -> float:
    return mean_accuracy(encoded_small, GLOVE, 200)


def test_200_reviews_are_enough_with_glove(glove: float) -> None:
    assert glove >= 0.80


def test_learning_from_scratch_stays_well_below(glove: float, encoded_small: Encoded) -> None:
    assert mean_accuracy(encoded_small, SCRATCH, 200) <= glove - 0.12


@pytest.mark.parametrize("wrong", [DOWN, UP, RANDOM])
def test_wrong_vectors_are_worth_next_to_nothing(wrong: str, encoded_small: Encoded) -> None:
    assert mean_accuracy(encoded_small, wrong, 200) < 0.60


def test_with_2000_reviews_learning_from_scratch_has_caught_up(encoded_small: Encoded) -> None:
    scratch = measure.accuracy(encoded_small, SCRATCH, 2_000, seed=100)
    assert scratch >= 0.85
    assert scratch >= measure.accuracy(encoded_small, GLOVE, 2_000, seed=100) - 0.05


def test_the_first_model_learns(encoded_small: Encoded) -> None:
    assert measure.accuracy(encoded_small, FIRST, 2_000, seed=100) >= 0.75
