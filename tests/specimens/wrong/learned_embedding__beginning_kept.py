"""Of long reviews the beginning is kept."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "pad-reviews": """
def pad_reviews(sequences, maxlen):
    padded = np.zeros((len(sequences), maxlen), dtype=int)
    for i, sequence in enumerate(sequences):
        kept = sequence[:maxlen]
        padded[i, maxlen - len(kept) :] = kept
    return padded
""",
}

LOSES = {"test_notebook_network_is_what_it_should_be", "test_of_a_long_review_the_end_is_kept"}
