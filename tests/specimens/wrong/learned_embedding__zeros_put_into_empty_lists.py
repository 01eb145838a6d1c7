"""An empty list gets a zero, so that there is something to put."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "pad-reviews": """
def pad_reviews(sequences, maxlen):
    padded = np.zeros((len(sequences), maxlen), dtype=int)
    for row, sequence in zip(padded, sequences):
        if not sequence:
            sequence.append(0)
        kept = sequence[-maxlen:]
        row[-len(kept):] = kept
    return padded
""",
}

LOSES = {"test_padded_is_an_integer_array"}
