"""The metric is called "acc", as in an old book."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "train": """
def train(model, x, y):
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["acc"])
    history = model.fit(x, y, epochs=10, batch_size=32, validation_split=0.2, verbose=0)
    return history.history
""",
}

LOSES = {"test_history_is_returned"}
