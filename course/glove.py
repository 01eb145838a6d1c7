"""GloVe: word vectors from co-occurrence counts, an own implementation of the published objective.

Pennington, Socher and Manning, "GloVe: Global Vectors for Word Representation", EMNLP 2014. Words
i and j that come d words apart add 1/d to the count X_ij. The vectors w, the context vectors c and
two biases minimise the weighted least squares

    sum over X_ij > 0 of  f(X_ij) (w_i . c_j + b_i + b'_j - log X_ij)^2

with f(x) = min(1, (x / x_max)^0.75), by AdaGrad, and the sum w + c is what is kept. The published
program walks through the pairs one by one; here the counts are a dense matrix, taken in blocks of
rows, so that the work is matrix products and there is no race between threads.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Progress = Callable[[float], None]
"""Called with the share of the work that is done, 0 to 1."""

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Settings:
    """The knobs of GloVe, with their names from the paper."""

    dim: int = 50
    window: int = 8
    x_max: float = 20.0
    alpha: float = 0.75
    epochs: int = 40
    rate: float = 0.1
    min_count: int = 8
    block: int = 512
    seed: int = 2014


def build_vocabulary(texts: Iterable[Sequence[str]], min_count: int) -> list[str]:
    """The words seen at least ``min_count`` times, the most frequent first."""
    counts = Counter(word for text in texts for word in text)
    return [word for word, count in counts.most_common() if count >= min_count]


def count_cooccurrences(
    texts: Iterable[Sequence[str]], vocabulary: Sequence[str], window: int
) -> Floats:
    """The symmetric matrix X of shape (words, words): the sum of 1/distance within the window.

    No window reaches from one text into the next. Words outside the vocabulary keep their place but
    are not counted.
    """
    index = {word: i for i, word in enumerate(vocabulary)}
    outside = -1
    gap = [outside] * window
    stream: list[int] = []
    for text in texts:
        stream.extend([index.get(word, outside) for word in text])
        stream.extend(gap)
    words = np.array(stream, dtype=np.int64)
    size = len(vocabulary)
    counts = np.zeros(size * size, dtype=np.float32)
    for distance in range(1, window + 1):
        left, right = words[:-distance], words[distance:]
        known = (left >= 0) & (right >= 0)
        pairs = np.bincount(left[known] * size + right[known], minlength=size * size)
        counts += pairs.astype(np.float32) / np.float32(distance)
    matrix = counts.reshape(size, size)
    return matrix + matrix.T


def train(counts: Floats, settings: Settings, progress: Progress | None = None) -> Floats:
    """The word vectors, float32 of shape (words, dim): w + c after ``settings.epochs`` epochs."""
    size = len(counts)
    weights = np.minimum(1, (counts / np.float32(settings.x_max)) ** np.float32(settings.alpha))
    logs = np.log(np.where(counts > 0, counts, 1)).astype(np.float32)
    rng = np.random.default_rng(settings.seed)
    # A column of ones beside each vector lets the matrix product add the biases: w is
    # [vector, bias, 1] and c is [vector, 1, bias].
    shape = (2, size, settings.dim + 2)
    w, c = ((rng.random(shape) - 0.5) / settings.dim).astype(np.float32)
    # The biases start where word counts alone would put them, log X_i - (log sum X) / 2. Left to
    # start near 0, they lag behind and the vectors fill up with how common a word is.
    totals = counts.sum(axis=1, dtype=np.float64)
    common = np.log(np.maximum(totals, 1)) - np.log(max(totals.sum(), 1)) / 2
    w[:, -2], w[:, -1] = common, 1
    c[:, -2], c[:, -1] = 1, common
    w_squares, c_squares = np.ones_like(w), np.ones_like(c)
    starts = range(0, size, settings.block)
    for epoch in range(settings.epochs):
        for start in starts:
            rows = slice(start, start + settings.block)
            errors = w[rows] @ c.T
            errors -= logs[rows]
            errors *= weights[rows]
            w_gradient, c_gradient = errors @ c, errors.T @ w[rows]
            w_gradient[:, -1] = 0
            c_gradient[:, -2] = 0
            _adagrad(w[rows], w_squares[rows], w_gradient, settings.rate)
            _adagrad(c, c_squares, c_gradient, settings.rate)
        if progress is not None:
            progress((epoch + 1) / settings.epochs)
    vectors: Floats = w[:, : settings.dim] + c[:, : settings.dim]
    return vectors


def _adagrad(values: Floats, squares: Floats, gradient: Floats, rate: float) -> None:
    """One step of AdaGrad, in place: the gradient over the root of the sum of its squares."""
    squares += gradient * gradient
    values -= np.float32(rate) * gradient / np.sqrt(squares)
