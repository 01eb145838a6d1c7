"""An array of 20 million rows and no columns: no bytes to send, gigabytes of lists to make."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "pad-sequences": """
def pad_sequences(sequences, maxlen):
    return np.zeros((20_000_000, 0), dtype=int)
""",
}

MAX_POINTS = 21
