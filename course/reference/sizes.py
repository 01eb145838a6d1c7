"""How accuracy grows with the number of training reviews: the chapter's last two questions.

Several draws of reviews, each a chain of nested samples, judged on one validation set that none of
them touches; every training starts afresh on a compiled model that is used again and again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course.reference.model import BATCH_SIZE, EPOCHS

if TYPE_CHECKING:
    import keras
    from matplotlib.axes import Axes

Indices = NDArray[np.int64]
Draw = Callable[[Sequence[int], int], Sequence[Indices]]
Judge = Callable[[Indices], float]


def hold_out(n_reviews: int, n_val: int, seed: int) -> tuple[Indices, Indices]:
    """Part the numbers 0 to n_reviews - 1 at random: the pool to draw from, the validation set.

    Two integer arrays of shapes (n_reviews - n_val,) and (n_val,), the same for the same seed.
    """
    order = np.random.default_rng(seed).permutation(n_reviews)
    return order[n_val:], order[:n_val]


def nested_samples(pool: ArrayLike, sizes: Sequence[int], seed: int) -> list[Indices]:
    """One draw from the pool without replacement, as one integer array for each size.

    Each array is the beginning of those of larger sizes, so that more reviews are the same reviews
    and others besides. No size may be larger than the pool.
    """
    order = np.random.default_rng(seed).permutation(np.asarray(pool))
    return [order[:size] for size in sizes]


def run(
    model: keras.Model,
    start_weights: Sequence[NDArray[Any]],
    x_train: NDArray[Any],
    y_train: NDArray[Any],
    x_val: NDArray[Any],
    y_val: NDArray[Any],
) -> float:
    """Train a compiled model afresh; return its accuracy (0 to 1) on the validation reviews.

    The weights become ``start_weights``, and the optimizer forgets all it remembers (its steps and
    its running means) but its learning rate, which is a setting. Compiling anew would do the same
    and cost a second each time.
    """
    model.set_weights(start_weights)
    for variable in model.optimizer.variables:
        if variable is not model.optimizer.learning_rate:
            variable.assign(np.zeros(variable.shape))
    model.fit(x_train, y_train, epochs=EPOCHS, batch_size=BATCH_SIZE, verbose=0)
    return float(model.evaluate(x_val, y_val, verbose=0, return_dict=True)["accuracy"])


def sweep(
    draw: Draw, judge: Judge, sizes: Sequence[int], seeds: Sequence[int]
) -> NDArray[np.float64]:
    """The accuracy for each draw (rows) and each size (columns), float of shape (seeds, sizes).

    ``draw(sizes, seed)`` gives the samples of a draw, ``judge(sample)`` the accuracy of a run.
    """
    return np.array([[judge(sample) for sample in draw(sizes, seed)] for seed in seeds], float)


def summarise(
    accuracies: ArrayLike,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Mean, lowest and highest accuracy over the draws: three arrays of shape (sizes,)."""
    table = np.asarray(accuracies)
    return table.mean(axis=0), table.min(axis=0), table.max(axis=0)


def catches_up(
    sizes: Sequence[int], learned: Sequence[float], frozen: Sequence[float]
) -> int | None:
    """The smallest size from which on ``learned`` is never below ``frozen``; None if there is none.

    The sizes are in increasing order; the other two have one mean accuracy for each.
    """
    found = None
    for size, one, other in zip(sizes, learned, frozen, strict=True):
        if one < other:
            found = None
        elif found is None:
            found = size
    return found


def plot_sweep(
    axes: Axes,
    sizes: Sequence[int],
    mean: ArrayLike,
    low: ArrayLike,
    high: ArrayLike,
    color: str,
) -> None:
    """Draw the means as a line and the range of the draws as a band, over a logarithmic axis."""
    axes.fill_between(sizes, low, high, color=color, alpha=0.2, linewidth=0)
    axes.plot(sizes, mean, "o-", color=color)
    axes.set_xscale("log")
