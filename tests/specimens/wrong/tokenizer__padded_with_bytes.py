"""Takes numbers of one byte, in which word 300 becomes word 44."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "pad-sequences": """
def pad_sequences(sequences, maxlen):
    rows = np.zeros((len(sequences), maxlen), dtype=int)
    for row, sequence in zip(rows, sequences):
        kept = sequence[max(0, len(sequence) - maxlen):]
        row[maxlen - len(kept):] = kept
    return rows.astype("uint8")
""",
}

LOSES = {"test_short_sequences_get_zeros_in_front"}
