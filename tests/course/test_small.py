"""The small data set has the properties that the course is built on."""

import tarfile
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from course import glove, reference
from course import small as small_set
from course.analogies import QUESTIONS
from course.dataset import DataSet
from course.grammar.corpus import generate_corpus
from course.grammar.sentiment import polarities
from course.measure import Encoded, answered
from course.reference import split_words
from course.small import REVIEWS_ARCHIVE, VECTORS_FILE

FOLDERS = [f"{part}/{name}" for part in ("train", "test") for name in ("neg", "pos")]


@pytest.fixture(scope="module")
def counts(small: DataSet) -> Counter[str]:
    """How often each word comes in the training and test reviews."""
    return Counter(
        word
        for path in sorted(small.reviews.rglob("*.txt"))
        for word in split_words(path.read_text(encoding="utf-8"))
    )


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_has_a_thousand_reviews_named_as_in_the_real_data(
    small: DataSet, folder: str
) -> None:
    names = [path.name for path in (small.reviews / folder).iterdir()]
    ratings = (1, 2, 3, 4) if folder.endswith("neg") else (7, 8, 9, 10)
    ids, stars = zip(*(name.removesuffix(".txt").split("_") for name in names), strict=True)
    assert sorted(map(int, ids)) == list(range(1000))
    assert {int(star) for star in stars} == set(ratings)


def test_reviews_have_40_to_300_words(small: DataSet) -> None:
    lengths = []
    for path in small.reviews.rglob("*.txt"):
        text = path.read_text(encoding="utf-8")
        lengths += [len(split_words(text)), len(text.replace("<br /><br />", " ").split())]
    assert min(lengths) >= 40
    assert max(lengths) <= 300
    assert np.percentile(lengths, 95) > 150, "some reviews are longer than what the models read"


def test_training_and_test_reviews_are_different(small: DataSet) -> None:
    texts = [path.read_text(encoding="utf-8") for path in small.reviews.rglob("*.txt")]
    assert len(texts) == 4000
    assert len(set(texts)) == 4000


def test_the_vocabulary_is_larger_than_the_models_use(
    counts: Counter[str], encoded_small: Encoded
) -> None:
    assert len(counts) >= 4500
    assert len(encoded_small.word_index) > 4500, "max_words=4000 really cuts"


def test_frequencies_fall_as_in_real_text(counts: Counter[str]) -> None:
    """Zipf: log frequency falls with log rank along a line of slope about -1."""
    frequencies = np.array(sorted(counts.values(), reverse=True))
    ranks = np.unique(np.geomspace(1, 3000, 80).astype(int))
    logs = np.log(frequencies[ranks - 1])
    slope, intercept = np.polyfit(np.log(ranks), logs, 1)
    assert -1.2 < slope < -0.8
    residuals = logs - (slope * np.log(ranks) + intercept)
    assert residuals.var() / logs.var() < 0.05
    assert np.mean(frequencies == 1) > 0.1, "a long tail of words that come once"


def test_reviews_have_non_ascii_letters(counts: Counter[str]) -> None:
    accented = {word for word in counts if not word.isascii()}
    assert {"café", "naïve", "zoë"} <= accented
    assert len(accented) >= 20


def test_polarity_is_interleaved_in_frequency_order(small: DataSet, encoded_small: Encoded) -> None:
    """A word's neighbours in rank say next to nothing about its polarity."""
    polarity = polarities()
    signs = np.array([polarity.get(word, 0) for word in encoded_small.word_index])
    texts, _ = reference.read_reviews(small.reviews / "train")
    counts = Counter(word for text in texts for word in split_words(text))
    weights = np.array([counts[word] for word in encoded_small.word_index])
    agreement = (signs[:-1] * signs[1:] * weights[:-1]).sum() / (abs(signs) * weights).sum()
    assert abs(agreement) < 0.2
    for start in range(0, 2000, 250):
        assert abs(signs[start : start + 250].mean()) < 0.12, f"one side is commoner at {start}"
    sentiment = signs[signs != 0]
    assert np.mean(sentiment[1:300] != sentiment[:299]) > 0.35, "praise and blame alternate"


def test_vectors_are_in_the_format_of_glove(small: DataSet) -> None:
    lines = small.vectors.read_bytes().decode("utf-8").split("\n")
    assert lines.pop() == ""
    assert len(lines) >= 3000
    for line in lines:
        word, *values = line.split(" ")
        assert word
        assert len(values) == small.embedding_dim == 50
        assert all(len(value.partition(".")[2]) == 5 for value in values)
    assert len({line.split(" ")[0] for line in lines}) == len(lines)


def test_at_least_nine_in_ten_analogies_are_answered(encoded_small: Encoded) -> None:
    assert len(QUESTIONS) == len(set(QUESTIONS)) == 50
    assert answered(encoded_small) >= 45


def test_neighbours_are_of_the_same_polarity(encoded_small: Encoded) -> None:
    polarity = polarities()
    for word in ("wonderful", "charming", "triumph", "terrible", "boring", "mess"):
        nearest = reference.nearest_words(word, encoded_small.vectors, 5)
        assert [polarity.get(near) for near in nearest] == [polarity[word]] * 5, (word, nearest)


def test_common_words_are_missing_alike_whatever_their_polarity(
    counts: Counter[str], encoded_small: Encoded
) -> None:
    """Words frequent enough for a vector lack one only because they were left out."""
    polarity = polarities()
    frequent = [word for word, _ in counts.most_common() if counts[word] >= 20]
    missing = {word for word in frequent if word not in encoded_small.vectors}
    assert not missing & set(list(encoded_small.word_index)[:150])
    for sign in (-1, 0, 1):
        words = [word for word in frequent if polarity.get(word, 0) == sign]
        assert 0.05 < sum(word in missing for word in words) / len(words) < 0.15


@pytest.mark.slow
def test_a_twentieth_of_the_review_vocabulary_is_left_out_on_purpose(
    counts: Counter[str], encoded_small: Encoded
) -> None:
    texts = [split_words(text) for text in generate_corpus(small_set.CORPUS_SEED)]
    vocabulary = glove.build_vocabulary(texts, glove.Settings().min_count)
    left_out = small_set.missing_words(vocabulary, small_set.words_of_reviews())
    left_out &= set(counts)
    assert len(left_out) >= 0.05 * len(counts)
    assert not left_out & set(encoded_small.vectors)


def test_the_words_left_out_are_spread_over_frequency() -> None:
    vocabulary = [f"word{rank}" for rank in range(2150)]
    missing = small_set.missing_words(vocabulary, vocabulary)
    ranks = sorted(int(word.removeprefix("word")) for word in missing)
    assert ranks[0] >= 150
    assert set(np.diff(ranks)) == {9}
    assert small_set.missing_words(vocabulary[:900], vocabulary) < missing
    asked = [word for question in QUESTIONS for word in question]
    assert not small_set.missing_words(vocabulary + asked, vocabulary + asked) & set(asked)


@pytest.mark.slow
def test_the_set_is_reproducible_to_the_byte(small: DataSet, tmp_path: Path) -> None:
    reports: list[tuple[float, str]] = []
    small_set.write_small(tmp_path, lambda done, what: reports.append((done, what)))
    ours = {
        path.relative_to(small.reviews.parent).as_posix(): path.read_bytes()
        for path in small.reviews.parent.rglob("*.txt")
    }
    again = {
        path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*.txt")
    }
    assert len(ours) == 4001
    assert ours == again
    shares = [done for done, _ in reports]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len({what for _, what in reports}) >= 4


def test_what_travels_is_small_and_reproducible(small: DataSet, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    packed = small_set.pack_small(small, tmp_path)
    again = small_set.pack_small(small, tmp_path / "again")
    assert [path.name for path in packed] == [REVIEWS_ARCHIVE, VECTORS_FILE]
    assert [path.read_bytes() for path in packed] == [path.read_bytes() for path in again]
    assert sum(path.stat().st_size for path in packed) < 3_000_000


def test_the_archive_holds_the_tree_and_no_trace_of_the_machine(
    small: DataSet, tmp_path: Path
) -> None:
    (path,) = small_set.pack_small(small, tmp_path, [REVIEWS_ARCHIVE])
    with tarfile.open(path) as archive:
        assert {(m.mtime, m.uid, m.uname, m.gname) for m in archive} == {(0, 0, "", "")}
        archive.extractall(tmp_path, filter="data")
    unpacked = reference.read_reviews(tmp_path / "aclImdb" / "train")
    assert unpacked == reference.read_reviews(small.reviews / "train")


def test_an_unknown_file_is_not_packed(small: DataSet, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"labels\.csv"):
        small_set.pack_small(small, tmp_path, ["labels.csv"])
    assert not list(tmp_path.iterdir())
