"""The dtype is left at NumPy's default, float64."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "one-hot": """
def one_hot(numbers, max_words):
    rows = np.zeros((len(numbers), max_words))
    rows[np.arange(len(numbers)), np.array(numbers, dtype=int)] = 1
    return rows
""",
}

LOSES = {"test_one_hot_has_its_shape_and_type"}
