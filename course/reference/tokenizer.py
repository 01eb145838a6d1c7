"""From raw review files to arrays of word numbers, step by step.

The rules are the documented defaults of Keras's legacy ``Tokenizer`` and ``pad_sequences``, so that
a learner's numbers agree with what the chapter prints (88,582 words on the real training reviews).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

FILTERS = '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n'
"""The characters that count as spaces. The apostrophe is not among them: "don't" is one word."""

_FILTERS_TO_SPACES = str.maketrans(FILTERS, " " * len(FILTERS))


def read_reviews(folder: str | Path) -> tuple[list[str], list[int]]:
    """Read the reviews in ``folder/neg`` (label 0), then those in ``folder/pos`` (label 1).

    Only ``*.txt`` files count, in the order of their sorted names, read as UTF-8. Returns two lists
    of equal length. Raises FileNotFoundError when ``neg`` or ``pos`` is missing.
    """
    texts: list[str] = []
    labels: list[int] = []
    for label, name in enumerate(("neg", "pos")):
        for path in sorted((Path(folder) / name).iterdir(), key=lambda path: path.name):
            if path.suffix == ".txt":
                texts.append(path.read_text(encoding="utf-8"))
                labels.append(label)
    return texts, labels


def split_words(text: str) -> list[str]:
    """Lower-case the text, turn the filter characters into spaces, split on spaces.

    Only the space separates: a non-breaking space or a carriage return stays inside its word.
    """
    return [word for word in text.lower().translate(_FILTERS_TO_SPACES).split(" ") if word]


def build_word_index(texts: Iterable[str]) -> dict[str, int]:
    """Number the words of the texts from 1, the most frequent first; ties: first seen first.

    Nothing gets the number 0: it stands for "no word" when short reviews are padded.
    """
    counts = Counter(word for text in texts for word in split_words(text))
    # most_common sorts stably, and a Counter keeps the order in which words were first seen.
    return {word: rank for rank, (word, _) in enumerate(counts.most_common(), start=1)}


def texts_to_sequences(
    texts: Iterable[str], word_index: Mapping[str, int], max_words: int
) -> list[list[int]]:
    """Turn each text into the list of its words' numbers.

    Words that are unknown, or whose number is ``max_words`` or more, are left out: with
    ``max_words=10000`` the numbers run from 1 to 9,999.
    """
    return [
        [
            word_index[word]
            for word in split_words(text)
            if word_index.get(word, max_words) < max_words
        ]
        for text in texts
    ]


def pad_sequences(sequences: Sequence[Sequence[int]], maxlen: int) -> NDArray[np.int64]:
    """Lay the sequences into an integer array of shape (number of sequences, maxlen).

    A short sequence gets zeros in front; of a long one the last ``maxlen`` numbers are kept.
    """
    padded = np.zeros((len(sequences), maxlen), dtype=np.int64)
    for row, sequence in zip(padded, sequences, strict=True):
        # Counting from the end would fail for maxlen 0: row[-0:] is the whole row.
        kept = sequence[max(0, len(sequence) - maxlen) :]
        row[maxlen - len(kept) :] = kept
    return padded


def encode(
    texts: Iterable[str], word_index: Mapping[str, int], max_words: int, maxlen: int
) -> NDArray[np.int64]:
    """Texts to an integer array of shape (number of texts, maxlen), for an Embedding layer."""
    return pad_sequences(texts_to_sequences(texts, word_index, max_words), maxlen)


def shuffle_and_split(
    data: ArrayLike, labels: ArrayLike, n_train: int, n_val: int, seed: int
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Shuffle data and labels by one permutation; return x_train, y_train, x_val, y_val.

    The first ``n_train`` of the shuffled samples train, the next ``n_val`` validate. The arrays
    that were passed in stay as they are; the same seed gives the same split.
    """
    data, labels = np.asarray(data), np.asarray(labels)
    order = np.random.default_rng(seed).permutation(len(data))
    train, validation = order[:n_train], order[n_train : n_train + n_val]
    return data[train], labels[train], data[validation], labels[validation]
