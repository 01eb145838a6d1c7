"""An empty list gives an array of shape (0,), not (0, maxlen)."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "pad-sequences": """
def pad_sequences(sequences, maxlen):
    rows = [[0] * (maxlen - len(sequence)) + sequence[-maxlen:] for sequence in sequences]
    return np.array(rows, dtype=int)
""",
}

LOSES = {"test_padded_is_an_integer_array"}
