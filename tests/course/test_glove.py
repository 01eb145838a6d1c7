"""The GloVe implementation: counts, objective, and directions learned from a toy language."""

import numpy as np
import pytest

from course import glove
from course.reference import analogy

TEXTS = ["a b c a".split(), "a c".split()]


def test_the_vocabulary_is_by_frequency_with_a_least_count() -> None:
    assert glove.build_vocabulary(TEXTS, 2) == ["a", "c"]


def test_counts_weigh_by_distance_and_stop_at_the_end_of_a_text() -> None:
    counts = glove.count_cooccurrences(TEXTS, ["a", "b", "c"], window=2)
    expected = np.zeros((3, 3))
    # a b c a: ab 1, ac 1/2, bc 1, ba 1/2, ca 1; a c: ac 1. (a and a are three apart.)
    expected[0, 1], expected[0, 2], expected[1, 2] = 1 + 1 / 2, 1 / 2 + 1 + 1, 1
    np.testing.assert_allclose(counts, expected + expected.T)


def test_a_word_outside_the_vocabulary_keeps_its_place() -> None:
    counts = glove.count_cooccurrences([["a", "x", "b"]], ["a", "b"], window=2)
    assert counts[0, 1] == pytest.approx(0.5)


def test_the_counts_are_reconstructed() -> None:
    """What is minimised goes down: with enough dimensions log X is w.c + biases nearly exactly.

    For the symmetric X that a rank-one pattern gives, w + c must order words by that pattern.
    """
    strength = np.linspace(-1, 1, 20)
    counts = np.exp(3 + np.outer(strength, strength)).astype(np.float32)
    vectors = glove.train(counts, glove.Settings(dim=2, epochs=200))
    centred = vectors - vectors.mean(axis=0)
    main_axis = np.linalg.svd(centred, full_matrices=False)[2][0]
    assert abs(np.corrcoef(centred @ main_axis, strength)[0, 1]) > 0.99


def test_training_is_reproducible_and_reports_progress() -> None:
    counts = np.random.default_rng(0).integers(0, 9, (30, 30)).astype(np.float32)
    counts += counts.T
    settings = glove.Settings(dim=5, epochs=4, block=7)
    done: list[float] = []
    first = glove.train(counts, settings, done.append)
    assert first.shape == (30, 5)
    assert first.dtype == np.float32
    assert done == [0.25, 0.5, 0.75, 1.0]
    np.testing.assert_array_equal(first, glove.train(counts, settings))
    assert (first != glove.train(counts, glove.Settings(dim=5, epochs=4, block=7, seed=1))).any()


def test_words_in_the_same_company_get_similar_vectors() -> None:
    """Two groups of words, each mostly in its own company: one direction tells them apart."""
    rng = np.random.default_rng(1)
    groups = ["good great fine lovely super".split(), "bad poor dull awful weak".split()]
    texts = []
    for number in range(600):
        own, other = groups[number % 2], groups[1 - number % 2]
        texts.append([rng.choice(own if rng.random() < 0.9 else other) for _ in range(8)])
    words = glove.build_vocabulary(texts, 1)
    counts = glove.count_cooccurrences(texts, words, window=4)
    vectors = dict(zip(words, glove.train(counts, glove.Settings(dim=4)), strict=True))
    means = [np.mean([vectors[word] for word in group], axis=0) for group in groups]
    direction = means[0] - means[1]
    middle = (means[0] + means[1]) / 2
    for group, sign in zip(groups, (1, -1), strict=True):
        assert all(sign * ((vectors[word] - middle) @ direction) > 0 for word in group)


def test_a_direction_carries_over_from_pair_to_pair() -> None:
    """Man and woman differ as king and queen do when their company differs alike."""
    rng = np.random.default_rng(2)
    company = {
        "man": "street hat",
        "king": "throne crown",
        "boy": "school toy",
        "uncle": "pipe farm",
    }
    female = {"man": "woman", "king": "queen", "boy": "girl", "uncle": "aunt"}
    every = " ".join(company.values()).split()
    texts = []
    for _ in range(400):
        for male, things in company.items():
            for word, pronouns in ((male, "he his him"), (female[male], "she her hers")):
                own, others = rng.choice(things.split(), 2), rng.choice(every)
                marks = rng.choice(pronouns.split(), 2)
                texts.append([word, *rng.permutation([*own, others, *marks])])
    words = glove.build_vocabulary(texts, 1)
    counts = glove.count_cooccurrences(texts, words, window=6)
    vectors = dict(zip(words, glove.train(counts, glove.Settings(dim=12)), strict=True))
    assert analogy("man", "woman", "king", vectors) == "queen"
    assert analogy("boy", "girl", "uncle", vectors) == "aunt"
