"""The share of the file's words that occur in the index, not the other way round."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "coverage": """
def coverage(word_index, vectors, max_words):
    words = [word for word, number in word_index.items() if number < max_words]
    if not words:
        return 0.0
    return sum(word in words for word in vectors) / len(vectors)
""",
}

LOSES = {"test_coverage_is_a_share", "test_coverage_stops_at_the_cut"}
