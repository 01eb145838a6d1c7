"""Word vectors that are learned with the task: one-hot rows, the lookup, training, neighbours.

The network itself is ``build_learned_model``, beside the chapter's other ones. Keras is not even
imported here: the model that is trained brings it along.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    import keras

EPOCHS = 10
BATCH_SIZE = 32
VALIDATION_SPLIT = 0.2


def one_hot(numbers: Sequence[int] | NDArray[np.int_], max_words: int) -> NDArray[np.float32]:
    """One row a number, of shape (numbers, max_words): 1 in the number's column, 0 elsewhere.

    The numbers run from 0 to ``max_words - 1``. No numbers make an array of shape (0, max_words).
    """
    rows = np.zeros((len(numbers), max_words), dtype=np.float32)
    for row, number in zip(rows, numbers, strict=True):
        row[number] = 1
    return rows


def lookup(table: NDArray[Any], numbers: ArrayLike) -> NDArray[Any]:
    """Replace each number by its row of the table, as an Embedding layer does.

    Integers of any shape ``s``, and a table of shape (rows, dim), make an array of shape
    ``(*s, dim)``. For numbers of shape (n,) it is ``one_hot(numbers, rows) @ table``.
    """
    found: NDArray[Any] = table[np.asarray(numbers, dtype=np.intp)]
    return found


def train_learned_model(
    model: keras.Model, x: NDArray[Any], y: NDArray[Any]
) -> dict[str, list[float]]:
    """Compile, train for 10 epochs in batches of 32 on the first 80 %; return the history.

    Keras validates on the last 20 % after each epoch; it never shuffles before it splits. The
    history has the lists "accuracy", "loss", "val_accuracy" and "val_loss", one number an epoch.
    """
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    history = model.fit(
        x,
        y,
        epochs=EPOCHS,
        batch_size=BATCH_SIZE,
        validation_split=VALIDATION_SPLIT,
        verbose=0,
    )
    return dict(history.history)


def nearest_rows(
    word: str, word_index: Mapping[str, int], table: NDArray[Any], n: int
) -> list[str]:
    """The n words whose rows of the table have the highest cosine similarity with that of ``word``.

    Nearest first, ``word`` itself left out; fewer than n when there are no more. Words with numbers
    from ``len(table)`` on have no row and are never found. No row that is looked at may be all
    zero. Raises KeyError for a word that has no number.
    """
    others = [other for other, number in word_index.items() if number < len(table)]
    others = [other for other in others if other != word]
    rows = table[[word_index[other] for other in others]] if others else table[:0]
    target = table[word_index[word]]
    lengths = np.linalg.norm(rows, axis=1) * np.linalg.norm(target)
    return [others[index] for index in np.argsort(-(rows @ target) / lengths, kind="stable")[:n]]
