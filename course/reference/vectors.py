"""Word vectors: reading a GloVe file, the embedding matrix, neighbours and analogies."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Vectors = Mapping[str, NDArray[np.float32]]


def parse_glove(path: str | Path, embedding_dim: int) -> dict[str, NDArray[np.float32]]:
    """Read a GloVe text file into a dictionary: word -> float32 array of shape (embedding_dim,).

    One word a line, the fields separated by single spaces. The last ``embedding_dim`` fields are
    the vector and everything before them is the word: in the published files a few "words" hold
    spaces or a non-breaking space. Lines of any other form (a blank one, the "400000 100" that
    word2vec puts on top) are skipped. Raises FileNotFoundError.
    """
    vectors: dict[str, NDArray[np.float32]] = {}
    # Only "\n" ends a line; by default Python would also stop at a lone carriage return.
    with Path(path).open(encoding="utf-8", newline="\n") as file:
        for line in file:
            word, *numbers = line.rstrip("\r\n").rsplit(" ", embedding_dim)
            if not word or len(numbers) != embedding_dim:
                continue
            try:
                vectors[word] = np.array([float(number) for number in numbers], dtype=np.float32)
            except ValueError:  # a field that is no number
                continue
    return vectors


def build_embedding_matrix(
    word_index: Mapping[str, int], vectors: Vectors, max_words: int, embedding_dim: int
) -> NDArray[np.float32]:
    """The weights for an Embedding layer: a float32 array of shape (max_words, embedding_dim).

    Row i is the vector of the word with number i. Rows of words without a vector stay zero, and so
    does row 0, which no word owns. Words with numbers from ``max_words`` on have no row.
    """
    matrix = np.zeros((max_words, embedding_dim), dtype=np.float32)
    for word, index in word_index.items():
        if index < max_words and word in vectors:
            matrix[index] = vectors[word]
    return matrix


def coverage(word_index: Mapping[str, int], vectors: Vectors, max_words: int) -> float:
    """The share (0 to 1) of the words with numbers below ``max_words`` that have a vector.

    0.0 when there are no such words.
    """
    words = [word for word, index in word_index.items() if index < max_words]
    return sum(word in vectors for word in words) / len(words) if words else 0.0


def nearest_words(word: str, vectors: Vectors, k: int) -> list[str]:
    """The k words whose vectors have the highest cosine similarity with that of ``word``.

    Nearest first, ``word`` itself left out; fewer than k when there are no more. Raises KeyError
    for a word without a vector.
    """
    return _most_similar(vectors[word], vectors, leave_out={word})[:k]


def analogy(a: str, b: str, c: str, vectors: Vectors) -> str:
    """Answer "a is to b as c is to …": the word nearest by cosine to b - a + c, on the raw vectors.

    The three words themselves are left out, since c is often its own nearest neighbour. Raises
    KeyError for a word without a vector, ValueError when no fourth word is left.
    """
    target = vectors[b] - vectors[a] + vectors[c]
    ranked = _most_similar(target, vectors, leave_out={a, b, c})
    if not ranked:
        raise ValueError("an analogy needs at least one word besides the three it is made of")
    return ranked[0]


def _most_similar(target: NDArray[np.float32], vectors: Vectors, leave_out: set[str]) -> list[str]:
    """All words but those left out, by falling cosine similarity with the target."""
    words = list(vectors)
    matrix = np.stack(list(vectors.values())).astype(np.float64)
    norms = np.linalg.norm(matrix, axis=1) * np.linalg.norm(target.astype(np.float64))
    # A vector of zeros has no direction: its similarity counts as 0.
    similarity = (matrix @ target) / np.where(norms == 0, 1, norms)
    ranked = np.argsort(-similarity, kind="stable")
    return [words[i] for i in ranked if words[i] not in leave_out]
