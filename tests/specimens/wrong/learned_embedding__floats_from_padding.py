"""The array is made of floats."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "pad-reviews": """
def pad_reviews(sequences, maxlen):
    padded = np.zeros((len(sequences), maxlen))
    for i, sequence in enumerate(sequences):
        kept = sequence[-maxlen:]
        padded[i, maxlen - len(kept) :] = kept
    return padded
""",
}

LOSES = {"test_padded_is_an_integer_array"}
