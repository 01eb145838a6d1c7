"""The padding loop waits for a row to grow, but makes a new row each time."""

ASSIGNMENT = "tokenizer"
CELLS = {
    "pad-sequences": '''
def pad_sequences(sequences, maxlen):
    """Rows of maxlen numbers, zeros in front."""
    rows = np.zeros((len(sequences), maxlen), dtype="int32")
    for i, sequence in enumerate(sequences):
        row = list(sequence)[-maxlen:]
        while len(row) < maxlen:
            [0] + row
        rows[i] = row
    return rows
''',
}
LOSES = {
    "test_short_sequences_get_zeros_in_front",
    "test_long_sequences_keep_their_end",
    "test_padded_is_an_integer_array",
    "test_empty_sequence_becomes_zeros",
}
REVIEW = True
LIMITS = {"cell": 5, "call": 3}
