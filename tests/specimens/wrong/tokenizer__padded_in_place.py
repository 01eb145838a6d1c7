"""The zeros are put into the lists that were passed, and long lists are cut."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "pad-sequences": """
def pad_sequences(sequences, maxlen):
    for sequence in sequences:
        del sequence[:-maxlen]
        while len(sequence) < maxlen:
            sequence.insert(0, 0)
    return np.array(sequences, dtype=int).reshape(len(sequences), maxlen)
""",
}

LOSES = {"test_padded_is_an_integer_array"}
