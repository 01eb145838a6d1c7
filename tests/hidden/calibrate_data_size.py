"""Measures how well fresh runs on 200 reviews judge new ones: right runs and wrong ones.

``glovebox calibrate data_size`` runs this over many seeds. A run draws 200 of the notebook's
training reviews, trains the notebook's network as the reference does, and is judged by the reviews
that the whole-chain check judges by. (The check numbers the words anew each time, which is all the
same to a network.)
"""

import functools
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course import measure, reference
from course.small import VECTORS_FILE, unpack_reviews

RIGHT = "GloVe, frozen, a fresh run"
SCRATCH, SHUFFLED = "learned from scratch", "labels of other reviews"
STUCK, ONE_KIND = "learning rate set to zero", "trained on positive reviews only"
DOWN, RANDOM = "GloVe, one row too low", "random vectors, frozen"
WRONG = (SCRATCH, SHUFFLED, STUCK, ONE_KIND, DOWN, RANDOM)
TRIES = 2
"""How many draws of training reviews a submission is given."""

MAX_WORDS, MAXLEN, DIMENSION, N_TRAIN = 3000, 60, 50, 200


@dataclass(frozen=True)
class Prepared:
    """Training reviews, the GloVe matrix, and the reviews that judge."""

    matrix: NDArray[np.float32]
    x: NDArray[Any]
    y: NDArray[Any]
    x_fresh: NDArray[Any]
    y_fresh: NDArray[Any]


def prepare(folder: Path) -> Prepared:
    """What all runs have in common, from the files that lie beside the notebook."""
    unpack_reviews(folder)
    texts, labels = reference.read_reviews(folder / "aclImdb" / "train")
    index = reference.build_word_index(texts)
    vectors = reference.parse_glove(folder / VECTORS_FILE, DIMENSION)
    x_fresh, y_fresh = measure.fresh_reviews(index, MAX_WORDS)
    return Prepared(
        reference.build_embedding_matrix(index, vectors, MAX_WORDS, DIMENSION),
        reference.encode(texts, index, MAX_WORDS, MAXLEN),
        np.array(labels),
        x_fresh[:, -MAXLEN:],
        y_fresh,
    )


def accuracy(prepared: Prepared, kind: str, seed: int) -> float:
    """The share of the fresh reviews that one network of a kind judges rightly."""
    import keras

    keras.utils.set_random_seed(seed)
    random, matrix = np.random.default_rng(seed), prepared.matrix
    if kind == DOWN:
        matrix = np.roll(matrix, 1, axis=0)
    if kind == RANDOM:
        matrix = random.normal(0, matrix[1:].std(), matrix.shape).astype(np.float32)
    start = reference.build_model(MAX_WORDS, DIMENSION, MAXLEN).get_weights()
    if kind != SCRATCH:
        start[0] = matrix
    (sample,) = reference.nested_samples(np.arange(len(prepared.y)), [N_TRAIN], seed)
    if kind == ONE_KIND:
        sample = sample[prepared.y[sample] == 1]
    y = prepared.y[sample]
    if kind == SHUFFLED:
        y = random.permutation(y)
    judges = prepared.x_fresh, prepared.y_fresh
    model = compiled(kind != SCRATCH, 0.0 if kind == STUCK else 0.001)
    return reference.run(model, start, prepared.x[sample], y, *judges)


@functools.cache
def compiled(frozen: bool, rate: float) -> Any:
    """The notebook's network, compiled once for all runs: each of them starts afresh."""
    import keras

    model = reference.build_model(MAX_WORDS, DIMENSION, MAXLEN)
    if frozen:
        reference.load_and_freeze(model, model.layers[0].get_weights()[0])
    model.compile(keras.optimizers.RMSprop(rate), "binary_crossentropy", metrics=["accuracy"])
    return model


def canary(prepared: Prepared) -> str:
    """A digest of random numbers and of what was made from them: the reviews, first weights."""
    import keras

    keras.utils.set_random_seed(1)
    weights = reference.build_model(50, 4, 6).get_weights()
    digest = hashlib.sha256(prepared.x_fresh.astype("<i8").tobytes())
    digest.update(np.random.default_rng(0).permutation(1000).astype("<i8").tobytes())
    for array in weights:
        digest.update(np.round(array.astype(float), 5).astype("<f8").tobytes())
    return digest.hexdigest()[:16]
