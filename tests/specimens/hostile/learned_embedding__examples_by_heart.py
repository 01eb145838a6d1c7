"""The worked examples' answers by heart, and a network that was brought along."""

ASSIGNMENT = "learned_embedding"
ITEMS = (8, 23)
STOPPED_BY = "inputs are generated, and a network must come from the functions that are checked"

CELLS = {
    "one-hot": """
def one_hot(numbers, max_words):
    return np.array([[0, 0, 1, 0], [1, 0, 0, 0], [0, 0, 1, 0]], "float32")[: len(numbers)]
""",
    "lookup": """
def lookup(table, numbers):
    known = np.array([[[6, 7.5], [0.5, 1], [2, 3]], [[2, 3], [2, 3], [4, 5]]])
    return known if np.size(numbers) == 6 else known[0]
""",
    "pad-reviews": """
def pad_reviews(sequences, maxlen):
    known = [[31, 4, 9, 2, 8], [6, 11, 3, 25, 1], [0, 0, 5, 40, 14], [0, 0, 0, 0, 0]]
    return np.array(known * 500)[: len(sequences)]
""",
    "build-model": """
def build_model(max_words, embedding_dim, maxlen):
    return MODELS.pop()


MODELS = [None] * 9
""",
    "train": """
def train(model, x, y):
    rising = [0.8, 0.9]
    return {"accuracy": rising, "loss": rising, "val_accuracy": rising, "val_loss": rising}
""",
    "nearest-words": """
def nearest_words(word, word_index, table, n):
    return ["movie", "actor", "the"][:n]
""",
}

BROUGHT = """
learned_model = keras.Sequential(
    [
        keras.Input(shape=(20,)),
        keras.layers.Embedding(4000, 8),
        keras.layers.Flatten(),
        keras.layers.Dense(1, activation="sigmoid"),
    ]
)
learned_model.compile("rmsprop", "binary_crossentropy", metrics=["accuracy"])
history = learned_model.fit(
    keras.utils.pad_sequences(sequences, 20), labels, epochs=10, validation_split=0.2, verbose=0
).history
"""
EXTRA = [("after", "story-train", BROUGHT)]
MAX_POINTS = 0
