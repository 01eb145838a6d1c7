"""Measures the curves of trainings as asked for: 1,600 reviews, validated on the 400 after them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from course import reference
from course.small import unpack_reviews

MAX_WORDS, MAXLEN, DIMENSION = 4000, 20, 8


@dataclass(frozen=True)
class Prepared:
    """Reviews, (reviews, 20) word numbers, and their labels."""

    x: np.ndarray
    y: np.ndarray


def prepare(folder: Path) -> Prepared:
    """The notebook's arrays, from the files that lie beside it."""
    unpack_reviews(folder)
    texts, labels = reference.read_reviews(folder / "aclImdb" / "train")
    index = reference.build_word_index(texts)
    return Prepared(reference.encode(texts, index, MAX_WORDS, MAXLEN), np.array(labels))


def curves(prepared: Prepared, seed: int) -> dict[str, list[float]]:
    """The history of one training, on the reviews in an order of its own."""
    import keras

    keras.utils.set_random_seed(seed)
    order = np.random.default_rng(seed).permutation(len(prepared.x))
    model = reference.build_learned_model(MAX_WORDS, DIMENSION, MAXLEN)
    return dict(reference.train_learned_model(model, prepared.x[order], prepared.y[order]))
