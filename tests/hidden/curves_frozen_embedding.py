"""Measures the curves of trainings as asked for: 200 reviews, validated on 100 others."""

import tempfile
from pathlib import Path

from course import measure, reference
from course.dataset import DataSet
from course.small import VECTORS_FILE, unpack_reviews

N_TRAIN, N_VAL, DIMENSION = 200, 100, 50


def prepare(folder: Path) -> measure.Encoded:
    """The notebook's arrays, from the files that lie beside it."""
    unpack_reviews(folder)
    return measure.encode(DataSet("small", folder / "aclImdb", folder / VECTORS_FILE, DIMENSION))


def curves(prepared: measure.Encoded, seed: int) -> dict[str, list[float]]:
    """The history of one training of the frozen network, on a draw of reviews of its own."""
    import keras

    keras.utils.set_random_seed(seed)
    parts = reference.shuffle_and_split(prepared.x, prepared.y, N_TRAIN, N_VAL, seed=seed)
    model = reference.build_model(prepared.words, DIMENSION, measure.MAXLEN)
    model = reference.load_and_freeze(model, prepared.matrix)
    with tempfile.TemporaryDirectory() as folder:
        return reference.train(model, *parts, Path(folder) / "curves.weights.h5")
