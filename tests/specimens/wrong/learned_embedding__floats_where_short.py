"""Zeros from np.zeros, floats, are put before short reviews."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "pad-reviews": """
def pad_reviews(sequences, maxlen):
    rows = []
    for sequence in sequences:
        row = np.array(sequence[-maxlen:], dtype=int)
        if len(row) < maxlen:
            row = np.concatenate([np.zeros(maxlen - len(row)), row])
        rows.append(row)
    return np.array(rows)
""",
}

LOSES = {"test_padded_is_an_integer_array"}
