"""Written for (samples, length) only, with two loops."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "lookup": """
def lookup(table, numbers):
    return np.array([[table[number] for number in review] for review in numbers])
""",
}

LOSES = {"test_numbers_may_have_any_shape"}
