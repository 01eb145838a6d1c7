"""The chapter's models: parameters, freezing, training, curves, saved weights."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from course import reference


def toy(n: int = 64, words: int = 12, maxlen: int = 6) -> tuple[np.ndarray, np.ndarray]:
    """Reviews of random words; the label says whether word 1 is more frequent than word 2."""
    rng = np.random.default_rng(0)
    x = rng.integers(1, words, (n, maxlen))
    return x, ((x == 1).sum(axis=1) > (x == 2).sum(axis=1)).astype(int)


def matrix(words: int = 12, dim: int = 4) -> np.ndarray:
    values = np.random.default_rng(1).normal(size=(words, dim)).astype(np.float32)
    values[0] = 0
    return values


def test_importing_the_reference_does_not_import_tensorflow() -> None:
    code = (
        "import sys, course.reference; "
        "print(sorted({'tensorflow', 'keras', 'matplotlib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_first_model_has_the_chapters_parameters() -> None:
    model = reference.build_learned_model(10_000, 8, 20)
    assert model.count_params() == 80_161
    assert model.output_shape == (None, 1)


def test_the_second_model_has_the_chapters_parameters() -> None:
    model = reference.build_model(10_000, 100, 100)
    assert model.count_params() == 1_320_065
    assert [layer.count_params() for layer in model.layers] == [1_000_000, 0, 320_032, 33]
    assert not model.compiled


def test_freezing_leaves_the_dense_layers_trainable() -> None:
    values = np.zeros((10_000, 100), dtype=np.float32)
    model = reference.load_and_freeze(reference.build_model(10_000, 100, 100), values)
    assert sum(int(np.prod(w.shape)) for w in model.trainable_weights) == 320_065


def test_a_matrix_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="shape"):
        reference.load_and_freeze(reference.build_model(12, 4, 6), matrix(words=11))


@pytest.mark.slow
def test_training_keeps_the_frozen_vectors_and_moves_the_rest(tmp_path: Path) -> None:
    x, y = toy()
    values = matrix()
    model = reference.load_and_freeze(reference.build_model(12, 4, 6), values)
    before = [weights.copy() for weights in model.get_weights()]
    reference.train(model, x, y, x, y, tmp_path / "m.weights.h5")
    after = model.get_weights()
    assert after[0].tobytes() == values.tobytes()
    assert all((old != new).any() for old, new in zip(before[1:], after[1:], strict=True))


@pytest.mark.slow
def test_the_scratch_model_trains_its_embedding(tmp_path: Path) -> None:
    x, y = toy()
    model = reference.build_scratch_model(12, 4, 6)
    before = model.get_weights()[0].copy()
    reference.train(model, x, y, x, y, tmp_path / "m.weights.h5")
    assert (model.get_weights()[0] != before).any()


@pytest.mark.slow
def test_the_history_has_ten_epochs_and_the_saved_weights_are_the_last(tmp_path: Path) -> None:
    x, y = toy()
    path = tmp_path / "m.weights.h5"
    model = reference.build_scratch_model(12, 4, 6)
    history = reference.train(model, x, y, x, y, path)
    assert {name: len(values) for name, values in history.items()} == dict.fromkeys(
        ("accuracy", "loss", "val_accuracy", "val_loss"), 10
    )
    fresh = reference.build_scratch_model(12, 4, 6)
    assert reference.test_accuracy(fresh, path, x, y) == pytest.approx(history["val_accuracy"][-1])
    for ours, saved in zip(model.get_weights(), fresh.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, saved)


def test_the_curves_are_dots_and_lines() -> None:
    history = {name: [0.1, 0.2] for name in ("accuracy", "val_accuracy", "loss", "val_loss")}
    figure = reference.plot_curves(history)
    assert len(figure.axes) == 2
    for axes in figure.axes:
        training, validation = axes.get_lines()
        assert (training.get_marker(), training.get_linestyle()) == ("o", "None")
        assert validation.get_linestyle() == "-"
        assert list(training.get_xdata()) == [1, 2]


def test_the_test_set_is_encoded_with_the_given_word_index(tmp_path: Path) -> None:
    for name, text in (("neg", "dull film"), ("pos", "film new great")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "0_1.txt").write_text(text, encoding="utf-8")
    x, y = reference.prepare_test_set(tmp_path, {"film": 1, "great": 2, "dull": 3}, 3, 4)
    assert x.tolist() == [[0, 0, 0, 1], [0, 0, 1, 2]]
    assert y.tolist() == [0, 1]
