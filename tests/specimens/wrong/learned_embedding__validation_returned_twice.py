"""The lists of the validation also stand for those of the training."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "train": """
def train(model, x, y):
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    history = model.fit(
        x, y, epochs=10, batch_size=32, validation_split=0.2, verbose=0
    ).history
    accuracy, loss = history["val_accuracy"], history["val_loss"]
    return {"accuracy": accuracy, "loss": loss, "val_accuracy": accuracy, "val_loss": loss}
""",
}

LOSES = {"test_history_is_returned"}
