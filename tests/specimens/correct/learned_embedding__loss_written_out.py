"""Cross-entropy is a function of one's own."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "train": """
def surprise(truth, judged):
    return keras.ops.mean(keras.ops.binary_crossentropy(truth, judged), axis=-1)


def train(model, x, y):
    y = y.reshape(-1, 1).astype("float32")
    model.compile("rmsprop", surprise, metrics=["accuracy"])
    return model.fit(x, y, epochs=10, batch_size=32, validation_split=0.2, verbose=0).history
""",
}
