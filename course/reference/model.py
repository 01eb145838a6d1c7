"""The chapter's models, their training, curves and evaluation, with Keras 3.

Keras is imported inside the functions: importing this module is fast and touches no TensorFlow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from course.reference.tokenizer import encode, read_reviews

if TYPE_CHECKING:
    import keras
    from matplotlib.figure import Figure

EPOCHS = 10
BATCH_SIZE = 32


def build_learned_model(max_words: int, embedding_dim: int, maxlen: int) -> keras.Model:
    """The chapter's first model: an Embedding learned with the task, and one output unit.

    Integers (samples, maxlen) -> Embedding (samples, maxlen, embedding_dim) -> Flatten ->
    Dense(1, sigmoid) (samples, 1). With 10,000 words, 8 dimensions and 20 words a review it has
    80,161 parameters. Not compiled.
    """
    import keras

    return keras.Sequential(
        [
            keras.Input(shape=(maxlen,)),
            keras.layers.Embedding(max_words, embedding_dim),
            keras.layers.Flatten(),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )


def build_model(max_words: int, embedding_dim: int, maxlen: int) -> keras.Model:
    """The model for the GloVe vectors: Embedding, Flatten, Dense(32, relu), Dense(1, sigmoid).

    With 10,000 words, 100 dimensions and 100 words a review it has 1,320,065 parameters:
    1,000,000 + 320,032 + 33. Not compiled.
    """
    import keras

    return keras.Sequential(
        [
            keras.Input(shape=(maxlen,)),
            keras.layers.Embedding(max_words, embedding_dim),
            keras.layers.Flatten(),
            keras.layers.Dense(32, activation="relu"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )


def load_and_freeze(model: keras.Model, matrix: NDArray[np.float32]) -> keras.Model:
    """Make the matrix the weights of the model's Embedding layer and freeze that layer.

    Before compiling: what is trainable is settled there. Frozen, because the large early gradients
    of the layers that start at random would destroy what the vectors know. Raises ValueError when
    the matrix has another shape than the layer's weights.
    """
    import keras

    embedding = next(layer for layer in model.layers if isinstance(layer, keras.layers.Embedding))
    embedding.set_weights([matrix])
    embedding.trainable = False
    return model


def train(
    model: keras.Model,
    x_train: NDArray[Any],
    y_train: NDArray[Any],
    x_val: NDArray[Any],
    y_val: NDArray[Any],
    weights_path: str | Path,
) -> dict[str, list[float]]:
    """Compile, train for 10 epochs in batches of 32, save the weights; return the history.

    ``weights_path`` must end in ``.weights.h5`` (Keras insists). The history has the lists
    "accuracy", "loss", "val_accuracy" and "val_loss", one number an epoch.
    """
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    history = model.fit(
        x_train,
        y_train,
        epochs=EPOCHS,
        batch_size=BATCH_SIZE,
        validation_data=(x_val, y_val),
        verbose=0,
    )
    model.save_weights(weights_path)
    return dict(history.history)


def plot_curves(history: Mapping[str, Sequence[float]]) -> Figure:
    """Accuracy and loss by epoch, side by side: training as dots, validation as a line."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10, 4), layout="constrained")
    for axes, metric in zip(figure.subplots(1, 2), ("accuracy", "loss"), strict=True):
        epochs = range(1, len(history[metric]) + 1)
        axes.plot(epochs, history[metric], "o", label="training")
        axes.plot(epochs, history[f"val_{metric}"], "-", label="validation")
        axes.set(title=metric.capitalize(), xlabel="epoch", ylabel=metric)
        axes.legend()
    return figure


def build_scratch_model(max_words: int, embedding_dim: int, maxlen: int) -> keras.Model:
    """The same architecture without GloVe: the embedding starts at random and is trained."""
    return build_model(max_words, embedding_dim, maxlen)


def prepare_test_set(
    folder: str | Path, word_index: Mapping[str, int], max_words: int, maxlen: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Read the test reviews and encode them with the word index of the *training* reviews.

    Returns x_test of shape (reviews, maxlen) and y_test of shape (reviews,).
    """
    texts, labels = read_reviews(folder)
    return encode(texts, word_index, max_words, maxlen), np.array(labels)


def test_accuracy(
    model: keras.Model, weights_path: str | Path, x_test: NDArray[Any], y_test: NDArray[Any]
) -> float:
    """Load the saved weights; return the share (0 to 1) of test reviews the model gets right."""
    model.load_weights(weights_path)
    probabilities = model.predict(x_test, verbose=0)[:, 0]
    return float(np.mean((probabilities > 0.5) == (y_test == 1)))
