"""Lists and arrays that were passed are rewritten and returned: whatever they are, they agree."""

ASSIGNMENT = "tokenizer"
ITEMS = (11, 8)
STOPPED_BY = "arguments cross as copies; the checks compare with their own, and look for changes"

CELLS = {
    "read-reviews": """
def read_reviews(folder):
    for path in Path(folder).glob("*/*"):
        path.write_text("same")
    return ["same"], [0]
""",
    "split-words": """
def split_words(text):
    import ctypes

    # The text itself, which cannot be changed, is.
    ctypes.memset(id(text) + 48, ord("a"), len(text))
    return [text]
""",
    "build-word-index": """
def build_word_index(texts):
    texts[:] = []
    return {}
""",
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    word_index.clear()
    texts[:] = [[] for _ in texts]
    return texts
""",
    "pad-sequences": """
def pad_sequences(sequences, maxlen):
    for sequence in sequences:
        sequence[:] = [0] * maxlen
    return sequences
""",
    "shuffle-and-split": """
def shuffle_and_split(data, labels, n_train, n_val, seed):
    data[:] = 0
    labels[:] = 100
    return data[:n_train], labels[:n_train], data[:n_val], labels[:n_val]
""",
}

MAX_POINTS = 0
