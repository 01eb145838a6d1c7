"""Short reviews get their zeros behind."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "pad-reviews": """
def pad_reviews(sequences, maxlen):
    padded = np.zeros((len(sequences), maxlen), dtype=int)
    for i, sequence in enumerate(sequences):
        kept = sequence[-maxlen:]
        padded[i, : len(kept)] = kept
    return padded
""",
}

LOSES = {"test_a_short_review_gets_zeros_in_front"}
