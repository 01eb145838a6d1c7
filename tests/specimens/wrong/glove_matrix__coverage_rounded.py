"""The share is rounded to two places."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "coverage": """
def coverage(word_index, vectors, max_words):
    words = [word for word, number in word_index.items() if number < max_words]
    if not words:
        return 0.0
    return round(sum(word in vectors for word in words) / len(words), 2)
""",
}

LOSES = {"test_coverage_is_a_share"}
