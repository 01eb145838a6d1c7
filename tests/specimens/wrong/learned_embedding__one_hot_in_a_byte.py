"""Word numbers are kept in 8 bits."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "one-hot": """
def one_hot(numbers, max_words):
    numbers = np.asarray(numbers).astype(np.int8)
    rows = np.zeros((len(numbers), max_words), dtype="float32")
    rows[np.arange(len(numbers)), numbers] = 1
    return rows
""",
}

LOSES = {"test_one_is_in_the_column_of_the_number"}
