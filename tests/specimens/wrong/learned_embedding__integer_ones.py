"""The ones are integers."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "one-hot": """
def one_hot(numbers, max_words):
    rows = np.zeros((len(numbers), max_words), dtype=int)
    for i, number in enumerate(numbers):
        rows[i, number] = 1
    return rows
""",
}

LOSES = {"test_one_hot_has_its_shape_and_type"}
