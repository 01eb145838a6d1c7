"""Divides by the number of rows: row 0 counts, too, and so do rows of no word."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "coverage": """
def coverage(word_index, vectors, max_words):
    known = sum(word in vectors for word, number in word_index.items() if number < max_words)
    return known / max_words
""",
}

LOSES = {"test_coverage_is_a_share", "test_coverage_stops_at_the_cut"}
