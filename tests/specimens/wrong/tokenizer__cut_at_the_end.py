"""Of long sequences the beginning is kept."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "pad-sequences": """
def pad_sequences(sequences, maxlen):
    padded = np.zeros((len(sequences), maxlen), dtype="int32")
    for i, sequence in enumerate(sequences):
        kept = sequence[:maxlen]
        padded[i, maxlen - len(kept) :] = kept
    return padded
""",
}

LOSES = {"test_long_sequences_keep_their_end"}
