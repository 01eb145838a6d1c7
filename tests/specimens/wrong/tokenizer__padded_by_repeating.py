"""Short sequences are repeated until they fill their row, as np.resize does."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "pad-sequences": """
def pad_sequences(sequences, maxlen):
    padded = np.zeros((len(sequences), maxlen), dtype=int)
    for row, sequence in enumerate(sequences):
        padded[row] = np.resize(sequence[-maxlen:], maxlen)
    return padded
""",
}

LOSES = {"test_short_sequences_get_zeros_in_front"}
