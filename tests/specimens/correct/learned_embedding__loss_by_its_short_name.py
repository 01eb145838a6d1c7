"""The loss is called bce, layers have names, fit talks."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "build-model": """
def build_model(max_words, embedding_dim, maxlen):
    return keras.Sequential(
        [
            keras.layers.InputLayer(shape=(maxlen,), dtype="int32", name="words"),
            keras.layers.Embedding(max_words, embedding_dim, name="vectors"),
            keras.layers.Flatten(name="flat"),
            keras.layers.Dense(1, "sigmoid", name="praise"),
        ],
        name="judge",
    )
""",
    "train": """
def train(model, x, y):
    model.compile("rmsprop", "bce", metrics=["accuracy"])
    return model.fit(x, y, epochs=10, batch_size=32, validation_split=0.2, verbose=2).history
""",
}
