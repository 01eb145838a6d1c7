"""The padded rows are right, but come as a list of lists instead of an array."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "pad-sequences": """
def pad_sequences(sequences, maxlen):
    return [([0] * maxlen + sequence)[-maxlen:] for sequence in sequences]
""",
}

LOSES = {"test_padded_is_an_integer_array"}
