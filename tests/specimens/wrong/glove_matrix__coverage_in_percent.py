"""The share is given in per cent."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "coverage": """
def coverage(word_index, vectors, max_words):
    words = [word for word, number in word_index.items() if number < max_words]
    found = [word for word in words if word in vectors]
    return 100 * len(found) / max(1, len(words))
""",
}

LOSES = {"test_coverage_is_a_share", "test_coverage_stops_at_the_cut"}
