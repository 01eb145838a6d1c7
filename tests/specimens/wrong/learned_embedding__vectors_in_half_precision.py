"""The vectors are rounded to 16 bits."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "lookup": """
def lookup(table, numbers):
    return np.asarray(table, dtype="float16")[np.array(numbers)]
""",
}

LOSES = {"test_numbers_become_their_rows"}
