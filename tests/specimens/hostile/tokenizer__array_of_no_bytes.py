"""An array of 20 million rows and no columns: no bytes to send, gigabytes of lists to make."""

ASSIGNMENT = "tokenizer"
ITEMS = (10,)
STOPPED_BY = "the decoder refuses empty arrays of an absurd shape"

CELLS = {
    "pad-sequences": """
def pad_sequences(sequences, maxlen):
    return np.zeros((20_000_000, 0), dtype=int)
""",
}

MAX_POINTS = 21
