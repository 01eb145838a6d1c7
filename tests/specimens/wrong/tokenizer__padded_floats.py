"""np.zeros without a dtype makes floats."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "pad-sequences": """
def pad_sequences(sequences, maxlen):
    padded = np.zeros((len(sequences), maxlen))
    for i, sequence in enumerate(sequences):
        kept = sequence[-maxlen:]
        padded[i, maxlen - len(kept) :] = kept
    return padded
""",
}

LOSES = {"test_padded_is_an_integer_array"}
