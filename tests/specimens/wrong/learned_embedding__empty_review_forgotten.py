"""An empty review is laid into the whole row."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "pad-reviews": """
def pad_reviews(sequences, maxlen):
    padded = np.zeros((len(sequences), maxlen), dtype=int)
    for i, sequence in enumerate(sequences):
        kept = sequence[-maxlen:]
        padded[i, -len(kept) :] = kept
    return padded
""",
}

LOSES = {"test_an_empty_review_becomes_zeros"}
