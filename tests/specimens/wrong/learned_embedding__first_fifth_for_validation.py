"""The first fifth is kept for validation instead of the last."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "train": """
def train(model, x, y):
    n = len(x) // 5
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    history = model.fit(
        x[n:], y[n:],
        epochs=10, batch_size=32,
        validation_data=(x[:n], y[:n]),
        verbose=0,
    )
    return history.history
""",
}

LOSES = {"test_just_the_first_four_fifths_are_trained_on", "test_validation_is_on_the_last_fifth"}
