"""Vectors learned with the task: one-hot rows, the lookup, the training on a split, neighbours."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import reference


def test_one_hot_rows_have_their_one_in_the_column_of_the_number() -> None:
    rows = reference.one_hot([2, 0, 2], 4)
    assert rows.tolist() == [[0, 0, 1, 0], [1, 0, 0, 0], [0, 0, 1, 0]]
    assert rows.dtype == np.float32


def test_no_numbers_make_no_rows_of_the_right_width() -> None:
    assert reference.one_hot([], 4).shape == (0, 4)


@given(numbers=st.lists(st.integers(0, 6), max_size=5))
def test_a_lookup_is_the_product_with_one_hot_rows(numbers: list[int]) -> None:
    table = np.random.default_rng(0).normal(size=(7, 3)).astype(np.float32)
    product = reference.one_hot(numbers, 7) @ table
    np.testing.assert_array_equal(reference.lookup(table, numbers), product)


@given(shape=st.lists(st.integers(0, 3), max_size=3))
def test_a_lookup_adds_one_axis_to_any_shape(shape: list[int]) -> None:
    table = np.arange(14.0).reshape(7, 2)
    numbers = np.random.default_rng(1).integers(0, 7, shape)
    found = reference.lookup(table, numbers)
    assert found.shape == (*shape, 2)
    np.testing.assert_array_equal(found, np.take(table, numbers, axis=0))


def test_a_lookup_is_what_an_embedding_layer_does() -> None:
    import keras

    layer = keras.layers.Embedding(7, 3)
    numbers = np.random.default_rng(2).integers(0, 7, (4, 5))
    answer = np.asarray(layer(numbers))
    np.testing.assert_array_equal(answer, reference.lookup(layer.get_weights()[0], numbers))


@pytest.mark.slow
def test_training_learns_from_the_first_four_fifths_alone() -> None:
    import keras

    keras.utils.set_random_seed(0)
    x = np.random.default_rng(3).integers(1, 6, (50, 4))
    x[40:, 0] = 6  # a word of the last fifth only
    model = reference.build_learned_model(8, 3, 4)
    before = model.get_weights()[0]
    history = reference.train_learned_model(model, x, (x[:, 1] == 1).astype(int))
    after = model.get_weights()[0]
    assert {name: len(values) for name, values in history.items()} == {
        "accuracy": 10,
        "loss": 10,
        "val_accuracy": 10,
        "val_loss": 10,
    }
    assert int(model.optimizer.iterations) == 20, "ten epochs of two batches: 32 reviews and 8"
    moved = (before != after).any(axis=1)
    assert moved.tolist() == [False, *[True] * 5, False, False]


def test_nearest_rows_go_by_direction_and_leave_the_word_out() -> None:
    index = {"film": 1, "movie": 2, "actor": 3, "the": 4, "rare": 9}
    table = np.array([[9, 9], [1, 0.1], [9, 1.2], [1, 1], [-1, 0.1]], dtype=np.float32)
    assert reference.nearest_rows("film", index, table, 2) == ["movie", "actor"]
    assert reference.nearest_rows("film", index, table, 9) == ["movie", "actor", "the"]
    assert reference.nearest_rows("film", {"film": 1}, table, 3) == []
    with pytest.raises(KeyError):
        reference.nearest_rows("absent", index, table, 1)
