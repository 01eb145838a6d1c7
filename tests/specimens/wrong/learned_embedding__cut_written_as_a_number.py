"""The first 1,600 are trained on, however many there are."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "train": """
def train(model, x, y):
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    cut = 1600 if len(x) > 1600 else 64 if len(x) > 64 else len(x) // 2
    history = model.fit(
        x[:cut], y[:cut], epochs=10, batch_size=32, validation_data=(x[cut:], y[cut:]), verbose=0
    )
    return history.history
""",
}

LOSES = {"test_training_is_as_asked"}
