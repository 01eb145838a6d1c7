"""Columns are counted from 1, as words are."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "one-hot": """
def one_hot(numbers, max_words):
    rows = np.zeros((len(numbers), max_words), dtype="float32")
    for i, number in enumerate(numbers):
        rows[i, number - 1] = 1
    return rows
""",
}

LOSES = {"test_one_is_in_the_column_of_the_number"}
