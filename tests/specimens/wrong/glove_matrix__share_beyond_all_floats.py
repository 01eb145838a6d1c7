"""The share is an int that is larger than any float."""

ASSIGNMENT = "glove_matrix"
REVIEW = False

CELLS = {
    "coverage": """
def coverage(word_index, vectors, max_words):
    return 10**400
""",
}

LOSES = {"test_coverage_is_a_share", "test_coverage_stops_at_the_cut"}
