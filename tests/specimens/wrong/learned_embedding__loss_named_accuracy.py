"""The training's loss is returned as its accuracy, and the reverse."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "train": """
def train(model, x, y):
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    history = model.fit(x, y, epochs=10, batch_size=32, validation_split=0.2, verbose=0).history
    return {**history, "accuracy": history["loss"], "loss": history["accuracy"]}
""",
}

LOSES = {"test_history_is_returned"}
