"""Measures how well networks judge the reviews of the whole-chain check: right ones and wrong ones.

``glovebox calibrate learned_embedding`` runs this over many seeds. A run shuffles the notebook's
training reviews, trains as the reference does, and is judged by the reviews that the check judges
by. (The check numbers the words anew each time, which is all the same to a network.)
"""

import functools
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from course import measure, reference
from course.reference.learned import BATCH_SIZE, EPOCHS
from course.small import unpack_reviews

MAX_WORDS, MAXLEN, DIMENSION = 4000, 20, 8

RIGHT = "learned, as asked"
SHUFFLED, ONE_EPOCH, RANDOM = "labels of other reviews", "one epoch", "random vectors, frozen"
FIFTH, NEVER = "only the validation fifth", "never trained"
WRONG = (SHUFFLED, ONE_EPOCH, RANDOM, FIFTH, NEVER)
TRIES = 4
"""How many orders of the training reviews a submission is given.

A few right networks in a hundred start slowly and get no further than 0.78 in ten epochs,
more than a normal distribution would have; four in a row do not.
"""


@dataclass(frozen=True)
class Prepared:
    """Reviews to learn from and reviews to be judged by: (reviews, 20) word numbers, and labels."""

    x: np.ndarray
    y: np.ndarray
    x_fresh: np.ndarray
    y_fresh: np.ndarray


def prepare(folder: Path) -> Prepared:
    """What all runs have in common, from the files that lie beside the notebook."""
    unpack_reviews(folder)
    texts, labels = reference.read_reviews(folder / "aclImdb" / "train")
    index = reference.build_word_index(texts)
    x_fresh, y_fresh = measure.fresh_reviews(index, MAX_WORDS)
    x = reference.encode(texts, index, MAX_WORDS, MAXLEN)
    # Zeros come first and the last words are kept, so the last columns are the shorter reviews.
    return Prepared(x, np.array(labels), x_fresh[:, -MAXLEN:], y_fresh)


def accuracy(prepared: Prepared, kind: str, seed: int) -> float:
    """The share of the fresh reviews that one network of a kind judges rightly."""
    import keras

    compiled(kind == RANDOM)  # before the seed: what is made once must not change what comes of it
    keras.utils.set_random_seed(seed)
    random = np.random.default_rng(seed)
    order = random.permutation(len(prepared.x))
    x, y = prepared.x[order], prepared.y[order]
    if kind == SHUFFLED:
        y = random.permutation(y)
    fifth = len(x) // 5
    part = slice(-fifth, None) if kind == FIFTH else slice(-fifth)
    epochs = {ONE_EPOCH: 1, NEVER: 0}.get(kind, EPOCHS)
    model = untrained(frozen=kind == RANDOM)
    if epochs:
        model.fit(x[part], y[part], epochs=epochs, batch_size=BATCH_SIZE, verbose=0)
    outputs = np.asarray(model(prepared.x_fresh, training=False))[:, 0]
    return float(np.mean((outputs > 0.5) == prepared.y_fresh))


def untrained(frozen: bool) -> Any:
    """A compiled network with new weights, and an optimizer that has met no gradient.

    It is compiled once and not for each run, and takes fifty steps at a time, which changes no bit
    of what is learned and a great deal of how long it takes.
    """
    model, start = compiled(frozen)
    new = reference.build_learned_model(MAX_WORDS, DIMENSION, MAXLEN)
    model.set_weights(new.get_weights())
    for variable, value in zip(model.optimizer.variables, start, strict=True):
        variable.assign(value)
    return model


@functools.cache
def compiled(frozen: bool) -> tuple[Any, list[np.ndarray]]:
    """The network, compiled as the reference does, and the values of its optimizer's variables."""
    model = reference.build_learned_model(MAX_WORDS, DIMENSION, MAXLEN)
    model.layers[0].trainable = not frozen
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", steps_per_execution=50)
    model.optimizer.build(model.trainable_variables)
    return model, [np.asarray(variable) for variable in model.optimizer.variables]


def canary(prepared: Prepared) -> str:
    """A digest of random numbers and of what was made from them: the reviews, first weights."""
    import keras

    keras.utils.set_random_seed(1)
    weights = reference.build_learned_model(50, 4, 6).get_weights()
    digest = hashlib.sha256(prepared.x_fresh.astype("<i8").tobytes())
    digest.update(np.random.default_rng(0).permutation(1000).astype("<i8").tobytes())
    for array in weights:
        digest.update(np.round(array.astype(float), 5).astype("<f8").tobytes())
    return digest.hexdigest()[:16]
