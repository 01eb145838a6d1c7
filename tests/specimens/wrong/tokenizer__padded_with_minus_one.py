"""Short sequences are filled with -1, not with 0."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "pad-sequences": """
def pad_sequences(sequences, maxlen):
    padded = np.full((len(sequences), maxlen), -1, dtype=int)
    for row, sequence in enumerate(sequences):
        kept = sequence[-maxlen:]
        padded[row, maxlen - len(kept) :] = kept
    return padded
""",
}

LOSES = {"test_short_sequences_get_zeros_in_front", "test_empty_sequence_becomes_zeros"}
