"""A byte for each word number, which ends at 255."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "pad-reviews": """
def pad_reviews(sequences, maxlen):
    padded = np.zeros((len(sequences), maxlen), dtype="uint8")
    for i, sequence in enumerate(sequences):
        kept = np.array(sequence[-maxlen:]).astype("uint8")
        padded[i, maxlen - len(kept) :] = kept
    return padded
""",
}

LOSES = {"test_notebook_network_is_what_it_should_be", "test_padded_is_an_integer_array"}
