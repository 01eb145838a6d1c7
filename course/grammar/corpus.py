"""The unlabelled corpus that the vectors are trained on: reviews, blurbs and companion entries."""

from random import Random

from course.grammar.blurbs import write_blurb
from course.grammar.companion import write_entries
from course.grammar.review import write_review

REVIEWS = 10_000
BLURBS = 40_000
COMPANION_ROUNDS = 400


def generate_corpus(seed: int) -> list[str]:
    """The texts of the corpus, about 3 million words; the same seed gives the same texts."""
    chance = Random(seed).random
    texts = [write_review(index % 2, chance).text for index in range(REVIEWS)]
    texts += [write_blurb(index % 2, chance) for index in range(BLURBS)]
    texts += write_entries(COMPANION_ROUNDS, chance)
    return texts
