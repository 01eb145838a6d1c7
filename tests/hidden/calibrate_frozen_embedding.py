"""Measures how well networks judge the reviews of the whole-chain check: right ones and wrong ones.

``glovebox calibrate frozen_embedding`` runs this over many seeds. A run draws 200 of the notebook's
training reviews, trains as the reference does, and is judged by the reviews that the check judges
by. (The check numbers the words anew each time, which is all the same to a network.)
"""

import dataclasses
import hashlib
from pathlib import Path

import numpy as np

from course import measure, reference
from course.dataset import DataSet
from course.small import VECTORS_FILE, unpack_reviews

RIGHT = measure.GLOVE
WRONG = (
    measure.SCRATCH,
    measure.DOWN,
    measure.UP,
    measure.SORTED,
    measure.RANDOM,
    measure.NEVER,
)
TRIES = 2
"""How many draws of training reviews a submission is given."""

N_TRAIN, DIMENSION = 200, 50


def prepare(folder: Path) -> measure.Encoded:
    """What all runs have in common, from the files that lie beside the notebook."""
    unpack_reviews(folder)
    dataset = DataSet("small", folder / "aclImdb", folder / VECTORS_FILE, DIMENSION)
    encoded = measure.encode(dataset)
    x, y = measure.fresh_reviews(encoded.word_index, encoded.words)
    return dataclasses.replace(encoded, x_test=x, y_test=y)


def accuracy(prepared: measure.Encoded, kind: str, seed: int) -> float:
    """The share of the fresh reviews that one network of a kind judges rightly."""
    return measure.accuracy(prepared, kind, N_TRAIN, seed)


def canary(prepared: measure.Encoded) -> str:
    """A digest of random numbers and of what was made from them: the reviews, first weights."""
    import keras

    keras.utils.set_random_seed(1)
    weights = reference.build_model(50, 4, 6).get_weights()
    digest = hashlib.sha256(prepared.x_test.astype("<i8").tobytes())
    digest.update(np.random.default_rng(0).permutation(1000).astype("<i8").tobytes())
    for array in weights:
        digest.update(np.round(array.astype(float), 5).astype("<f8").tobytes())
    return digest.hexdigest()[:16]
