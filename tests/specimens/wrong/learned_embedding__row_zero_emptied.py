"""Row 0 of the table itself is set to zero."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "lookup": """
def lookup(table, numbers):
    table[0] = 0
    return table[np.array(numbers)]
""",
}

LOSES = {"test_number_0_is_looked_up_like_any_other"}
