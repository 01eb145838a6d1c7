"""One row for all numbers together, as in a bag of words."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "one-hot": """
def one_hot(numbers, max_words):
    row = np.zeros(max_words, dtype="float32")
    for number in numbers:
        row[number] = 1
    return row
""",
}

LOSES = {"test_one_hot_has_its_shape_and_type", "test_one_is_in_the_column_of_the_number"}
