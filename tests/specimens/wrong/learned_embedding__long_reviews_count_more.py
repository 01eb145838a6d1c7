"""Reviews count by the number of their words."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "train": """
def train(model, x, y):
    n = len(x) * 4 // 5
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    lengths = (x[:n] != 0).sum(axis=1)
    return model.fit(
        x[:n], y[:n], epochs=10, batch_size=32, validation_data=(x[n:], y[n:]),
        sample_weight=lengths / lengths.mean(), verbose=0,
    ).history
""",
}

LOSES = {"test_training_is_as_asked"}
