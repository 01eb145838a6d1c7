"""Row 0 is thought to belong to word 1."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "lookup": """
def lookup(table, numbers):
    return table[np.array(numbers) - 1]
""",
}

LOSES = {"test_numbers_become_their_rows"}
