"""coverage ends the process with os._exit; the rest is honest work."""

ASSIGNMENT = "glove_matrix"
ITEMS = (4,)
STOPPED_BY = "a dead kernel is replaced, and only the function that ended it loses"

CELLS = {
    "coverage": """
def coverage(word_index, vectors, max_words):
    os._exit(0)
""",
}

LOSES = {"test_coverage_is_a_share", "test_coverage_stops_at_the_cut"}

MAX_POINTS = 18

REVIEW = True
