"""As many columns as the largest number needs."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "one-hot": """
def one_hot(numbers, max_words):
    width = max(numbers, default=max_words - 1) + 1
    rows = np.zeros((len(numbers), width), dtype="float32")
    for i, number in enumerate(numbers):
        rows[i, number] = 1
    return rows
""",
}

LOSES = {"test_one_hot_has_its_shape_and_type", "test_one_is_in_the_column_of_the_number"}
