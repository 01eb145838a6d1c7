"""One expression for each exercise: eye, take, a matrix product."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "one-hot": """
def one_hot(numbers, max_words):
    return np.eye(max_words, dtype=np.float32)[np.asarray(numbers, dtype=int)]
""",
    "lookup": """
def lookup(table, numbers):
    return np.take(table, numbers, axis=0)
""",
    "pad-reviews": """
def pad_reviews(sequences, maxlen):
    return np.array([([0] * maxlen + list(s))[-maxlen:] for s in sequences])
""",
    "build-model": """
def build_model(max_words, embedding_dim, maxlen):
    layers = keras.layers
    return keras.Sequential([layers.Input((maxlen,)), layers.Embedding(max_words, embedding_dim),
                             layers.Flatten(), layers.Dense(1, "sigmoid")])
""",
    "train": """
def train(model, x, y):
    return (
        model.compile("rmsprop", "binary_crossentropy", metrics=["accuracy"])
        or model.fit(x, y, 32, 10, validation_split=0.2, verbose=0).history
    )
""",
    "nearest-words": """
def nearest_words(word, word_index, table, n):
    unit = table / np.linalg.norm(table, axis=1, keepdims=True)
    words = [w for w, i in word_index.items() if i < len(table) and w != word]
    near = unit[[word_index[w] for w in words]] @ unit[word_index[word]] if words else np.zeros(0)
    return [words[i] for i in np.argsort(-near)[:n]]
""",
}
