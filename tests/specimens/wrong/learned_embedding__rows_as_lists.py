"""A list of lists instead of an array."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "one-hot": """
def one_hot(numbers, max_words):
    rows = []
    for number in numbers:
        row = [0.0] * max_words
        row[number] = 1.0
        rows.append(row)
    return rows
""",
}

LOSES = {"test_one_hot_has_its_shape_and_type"}
