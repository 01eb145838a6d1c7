"""Number 0 is taken for padding and gets zeros."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "lookup": """
def lookup(table, numbers):
    numbers = np.array(numbers)
    vectors = table[numbers]
    vectors[numbers == 0] = 0
    return vectors
""",
}

LOSES = {"test_number_0_is_looked_up_like_any_other"}
