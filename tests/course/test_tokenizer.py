"""The reference tokenizer does what Keras's documented one does, and what the course says."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course import reference
from course.dataset import DataSet

WORDS = st.sampled_from(["Film", "film", "don't", "'tis", "café", "ZOË", "x", "1,000", "br", "ß"])
GLUE = st.sampled_from([" ", "  ", ", ", "<br /><br />", "\t", "\n", "\r", "\xa0", "...", "-", "_"])
TEXTS = st.one_of(
    st.lists(st.one_of(WORDS, GLUE), max_size=30).map("".join),
    st.text(max_size=40),
)


def keras_tokenizer(texts: list[str], max_words: int):
    from tensorflow.keras.preprocessing.text import Tokenizer

    tokenizer = Tokenizer(num_words=max_words)
    tokenizer.fit_on_texts(texts)
    return tokenizer


def test_a_sentence_is_split_as_the_chapter_does() -> None:
    text = "Wow! \"Don't\" miss\tit,<br />Zoë: it's a well-made_film."
    assert reference.split_words(text) == (
        "wow don't miss it br zoë it's a well made film".split(" ")
    )


def test_only_the_space_separates() -> None:
    assert reference.split_words("one\xa0word here\r") == ["one\xa0word", "here\r"]


def test_words_are_ranked_by_frequency_and_then_by_first_sight() -> None:
    index = reference.build_word_index(["b a c", "c a", "d"])
    assert index == {"a": 1, "c": 2, "b": 3, "d": 4}
    assert list(index) == ["a", "c", "b", "d"]


def test_unknown_words_and_those_beyond_the_cut_are_left_out() -> None:
    index = {"a": 1, "b": 2, "c": 3}
    assert reference.texts_to_sequences(["c b a z a", ""], index, 3) == [[2, 1, 1], []]


@pytest.mark.slow
@given(st.lists(TEXTS, min_size=1, max_size=8), st.integers(1, 12))
@settings(max_examples=1000, deadline=None)
def test_words_and_numbers_are_those_of_keras(texts: list[str], max_words: int) -> None:
    oracle = keras_tokenizer(texts, max_words)
    index = reference.build_word_index(texts)
    assert index == oracle.word_index
    assert reference.texts_to_sequences(texts, index, max_words) == oracle.texts_to_sequences(texts)


def test_words_and_numbers_are_those_of_keras_on_the_small_set(small: DataSet) -> None:
    texts, _ = reference.read_reviews(small.reviews / "train")
    oracle = keras_tokenizer(texts, 4000)
    index = reference.build_word_index(texts)
    assert list(index.items()) == list(oracle.word_index.items())
    assert reference.texts_to_sequences(texts, index, 4000) == oracle.texts_to_sequences(texts)


@pytest.mark.slow
@given(st.lists(st.lists(st.integers(1, 9), max_size=9), min_size=1, max_size=6), st.integers(1, 7))
@settings(max_examples=1000, deadline=None)
def test_padding_is_that_of_keras(sequences: list[list[int]], maxlen: int) -> None:
    from keras.utils import pad_sequences

    ours = reference.pad_sequences(sequences, maxlen)
    np.testing.assert_array_equal(ours, pad_sequences(sequences, maxlen=maxlen))
    assert ours.dtype.kind == "i"


def test_padding_keeps_the_end_and_puts_zeros_in_front() -> None:
    padded = reference.pad_sequences([[1, 2, 3, 4], [5], []], 3)
    assert padded.tolist() == [[2, 3, 4], [0, 0, 5], [0, 0, 0]]


@pytest.mark.parametrize("count", [0, 1])
def test_padding_to_no_words_gives_no_columns(count: int) -> None:
    assert reference.pad_sequences([[1, 2]] * count, 0).shape == (count, 0)


def test_reviews_are_read_negative_first_in_order_of_name(tmp_path: Path) -> None:
    files = {"pos/0_9.txt": "great", "neg/10_1.txt": "bad", "neg/9_2.txt": "naïve", "neg/x.md": "-"}
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert reference.read_reviews(tmp_path) == (["bad", "naïve", "great"], [0, 0, 1])


def test_a_folder_without_reviews_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        reference.read_reviews(tmp_path)


@given(st.integers(0, 30), st.integers(0, 15), st.integers(0, 15), st.integers(0, 9))
def test_the_split_keeps_pairs_together(n: int, n_train: int, n_val: int, seed: int) -> None:
    data, labels = np.arange(2 * n).reshape(n, 2), np.arange(n)
    x_train, y_train, x_val, y_val = reference.shuffle_and_split(data, labels, n_train, n_val, seed)
    for x, y in ((x_train, y_train), (x_val, y_val)):
        np.testing.assert_array_equal(x[:, 0], 2 * y)
    drawn = [*y_train.tolist(), *y_val.tolist()]
    assert len(set(drawn)) == len(drawn) == min(n, n_train + n_val)
    assert data.tolist() == np.arange(2 * n).reshape(n, 2).tolist(), "changed in place"


def test_the_split_is_shuffled_and_reproducible() -> None:
    data, labels = np.arange(100), np.arange(100)
    first = reference.shuffle_and_split(data, labels, 50, 50, seed=3)
    again = reference.shuffle_and_split(data, labels, 50, 50, seed=3)
    other = reference.shuffle_and_split(data, labels, 50, 50, seed=4)
    np.testing.assert_array_equal(first[0], again[0])
    assert first[0].tolist() != other[0].tolist()
    assert first[0].tolist() != list(range(50))
