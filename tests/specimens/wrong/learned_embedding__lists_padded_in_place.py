"""The zeros are put into the lists themselves."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "pad-reviews": """
def pad_reviews(sequences, maxlen):
    for sequence in sequences:
        while len(sequence) < maxlen:
            sequence.insert(0, 0)
    return np.array([sequence[-maxlen:] for sequence in sequences], dtype=int)
""",
}

LOSES = {"test_padded_is_an_integer_array"}
