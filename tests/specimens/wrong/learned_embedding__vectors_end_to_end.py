"""The vectors of a review are laid end to end, as Flatten does."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "lookup": """
def lookup(table, numbers):
    numbers = np.array(numbers)
    return table[numbers].reshape(len(numbers), -1)
""",
}

LOSES = {
    "test_number_0_is_looked_up_like_any_other",
    "test_numbers_become_their_rows",
    "test_numbers_may_have_any_shape",
}
