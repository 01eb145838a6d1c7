"""Short sequences get their zeros behind."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "pad-sequences": """
def pad_sequences(sequences, maxlen):
    padded = np.zeros((len(sequences), maxlen), dtype=int)
    for row, sequence in zip(padded, sequences):
        kept = sequence[-maxlen:]
        row[: len(kept)] = kept
    return padded
""",
}

LOSES = {"test_short_sequences_get_zeros_in_front"}
