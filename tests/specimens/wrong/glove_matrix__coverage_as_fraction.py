"""coverage returns a Fraction, where the text asks for a float."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "coverage": """
from fractions import Fraction


def coverage(word_index, vectors, max_words):
    words = [word for word, number in word_index.items() if number < max_words]
    return Fraction(sum(word in vectors for word in words), len(words) or 1)
""",
}

LOSES = {"test_coverage_is_a_share", "test_coverage_stops_at_the_cut"}
