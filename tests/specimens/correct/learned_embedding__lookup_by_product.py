"""The lookup as the product with one-hot rows, as the text tells it."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "lookup": """
def lookup(table, numbers):
    numbers = np.array(numbers)
    rows = np.zeros((numbers.size, len(table)), dtype=table.dtype)
    rows[np.arange(numbers.size), numbers.ravel()] = 1
    return (rows @ table).reshape(*numbers.shape, table.shape[1])
""",
    "one-hot": """
def one_hot(numbers, max_words):
    columns = np.arange(max_words)
    return (np.array(numbers, dtype=int)[:, np.newaxis] == columns).astype("float32")
""",
    "pad-reviews": """
def pad_reviews(sequences, maxlen):
    padded = np.full((len(sequences), maxlen), 0, dtype="int32")
    for row, sequence in zip(padded, sequences, strict=True):
        if sequence:
            row[-len(sequence) :] = sequence[-maxlen:]
    return padded
""",
}
