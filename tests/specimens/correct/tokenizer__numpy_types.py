"""NumPy scalars and arrays wherever plain numbers would do."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "read-reviews": """
def read_reviews(folder):
    paths = [p for pole in ("neg", "pos") for p in sorted(Path(folder, pole).glob("*.txt"))]
    labels = np.array([p.parent.name == "pos" for p in paths], dtype=np.int8)
    return [p.read_text("utf-8") for p in paths], labels
""",
    "build-word-index": """
def build_word_index(texts):
    words = np.array([w for text in texts for w in split_words(text)], dtype=object)
    if len(words) == 0:
        return {}
    unique, first, counts = np.unique(words, return_index=True, return_counts=True)
    order = np.lexsort((first, -counts))
    return dict(zip(unique[order], np.arange(1, len(unique) + 1, dtype=np.uint16)))
""",
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    sequences = []
    for text in texts:
        numbers = np.array([word_index.get(w, 0) for w in split_words(text)], dtype=np.int64)
        sequences.append(numbers[(numbers > 0) & (numbers < max_words)])
    return sequences
""",
    "pad-sequences": """
def pad_sequences(sequences, maxlen):
    padded = np.zeros((len(sequences), maxlen), dtype="uint16")
    for row in range(len(sequences)):
        for column in range(1, min(maxlen, len(sequences[row])) + 1):
            padded[row, -column] = sequences[row][-column]
    return padded
""",
    "shuffle-and-split": """
def shuffle_and_split(data, labels, n_train, n_val, seed):
    indices = np.arange(len(data))
    np.random.seed(seed)
    np.random.shuffle(indices)
    x, y = np.take(data, indices, axis=0), np.take(labels, indices)
    return [x[:n_train], y[:n_train], x[n_train:][:n_val], y[n_train:][:n_val]]
""",
}
