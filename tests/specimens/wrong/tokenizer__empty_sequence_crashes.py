"""row[-0:] is the whole row: an empty sequence does not fit in."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "pad-sequences": """
def pad_sequences(sequences, maxlen):
    padded = np.zeros((len(sequences), maxlen), dtype=int)
    for i, sequence in enumerate(sequences):
        kept = sequence[-maxlen:]
        padded[i, -len(kept) :] = kept
    return padded
""",
}

LOSES = {"test_empty_sequence_becomes_zeros"}
