"""Rare words, which have no row, are counted, too."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "coverage": """
def coverage(word_index, vectors, max_words):
    if not word_index:
        return 0.0
    return sum(word in vectors for word in word_index) / len(word_index)
""",
}

LOSES = {"test_coverage_stops_at_the_cut"}
