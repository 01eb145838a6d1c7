"""The numbers choose columns instead of rows."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "lookup": """
def lookup(table, numbers):
    return table[:, np.array(numbers)]
""",
}

LOSES = {
    "test_number_0_is_looked_up_like_any_other",
    "test_numbers_become_their_rows",
    "test_numbers_may_have_any_shape",
}
