"""How much data: samples, fresh runs on one network, the sweep, and where curves meet."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import reference


@given(n_reviews=st.integers(0, 40), share=st.floats(0, 1), seed=st.integers(0, 99))
def test_pool_and_validation_part_the_reviews(n_reviews: int, share: float, seed: int) -> None:
    n_val = int(share * n_reviews)
    pool, validation = reference.hold_out(n_reviews, n_val, seed)
    assert len(validation) == n_val
    assert sorted([*pool, *validation]) == list(range(n_reviews))


def test_every_review_can_be_held_out() -> None:
    held_out = {int(reference.hold_out(6, 1, seed)[1][0]) for seed in range(60)}
    assert held_out == set(range(6))


@given(sizes=st.sets(st.integers(1, 20), min_size=1), seed=st.integers(0, 99))
def test_samples_are_nested(sizes: set[int], seed: int) -> None:
    pool = np.arange(20) * 3
    samples = reference.nested_samples(pool, sorted(sizes), seed)
    assert [len(sample) for sample in samples] == sorted(sizes)
    for sample in samples:
        assert np.array_equal(sample, samples[-1][: len(sample)])
        assert len(set(sample)) == len(sample)
        assert set(sample) <= set(pool)
    assert np.array_equal(pool, np.arange(20) * 3)


def test_another_seed_is_another_draw() -> None:
    firsts = {int(reference.nested_samples(np.arange(5), [1], seed)[0][0]) for seed in range(50)}
    assert firsts == set(range(5))


@pytest.mark.slow
@pytest.mark.parametrize("frozen", [False, True])
def test_a_second_run_is_as_fresh_as_the_first(frozen: bool) -> None:
    import keras

    model = reference.build_model(30, 4, 6)
    if frozen:
        reference.load_and_freeze(model, model.layers[0].get_weights()[0])
    model.compile(keras.optimizers.RMSprop(0.005), "binary_crossentropy", metrics=["accuracy"])
    start = model.get_weights()
    rng = np.random.default_rng(0)
    parts: Sequence[Any] = (rng.integers(1, 30, (32, 6)), np.arange(32) % 2)
    judges = (rng.integers(1, 30, (50, 6)), np.arange(50) % 2)
    first = reference.run(model, start, *parts, *judges)
    after = model.get_weights()
    assert int(model.optimizer.iterations) == 10
    second = reference.run(model, start, *parts, *judges)
    assert int(model.optimizer.iterations) == 10
    assert float(model.optimizer.learning_rate) == pytest.approx(0.005)
    assert first == pytest.approx(second, abs=0.021), "one review on the edge"
    assert not np.array_equal(after[1], start[1])
    for one, other in zip(after, model.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)
    assert np.array_equal(after[0], start[0]) is frozen


def test_the_table_has_a_row_for_each_draw() -> None:
    table = reference.sweep(
        lambda sizes, seed: [np.full(size, seed) for size in sizes],
        lambda sample: float(sample.sum()),
        [1, 3],
        [5, 7, 11],
    )
    assert table.tolist() == [[5, 15], [7, 21], [11, 33]]


def test_the_summary_is_over_the_draws() -> None:
    mean, low, high = reference.summarise([[0.5, 0.9], [0.7, 0.9], [0.6, 0.6]])
    np.testing.assert_allclose(mean, [0.6, 0.8])
    assert (low.tolist(), high.tolist()) == ([0.5, 0.6], [0.7, 0.9])


@pytest.mark.parametrize(
    ("learned", "expected"),
    [([1, 2, 4], 20), ([3, 1, 3], 30), ([1, 1, 1], None), ([2, 2, 3], 10), ([3, 3, 2], None)],
)
def test_catching_up_must_last(learned: list[float], expected: int | None) -> None:
    assert reference.catches_up([10, 20, 30], learned, [2, 2, 3]) == expected


def test_the_picture_has_a_line_and_a_band() -> None:
    from matplotlib.figure import Figure

    axes = Figure().subplots()
    reference.plot_sweep(axes, [10, 100], [0.5, 0.8], [0.4, 0.7], [0.6, 0.9], "green")
    assert axes.get_xscale() == "log"
    assert list(axes.lines[0].get_ydata()) == [0.5, 0.8]  # type: ignore[arg-type]
    corners = np.asarray(axes.collections[0].get_paths()[0].vertices).tolist()
    assert all(corner in corners for corner in ([10, 0.4], [10, 0.6], [100, 0.7], [100, 0.9]))
