"""The number of words with a vector, not their share."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "coverage": """
def coverage(word_index, vectors, max_words):
    return sum(word in vectors for word, number in word_index.items() if number < max_words)
""",
}

LOSES = {"test_coverage_is_a_share", "test_coverage_stops_at_the_cut"}
