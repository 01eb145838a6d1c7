"""The history is written out by hand, and the two losses change places."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "train": """
def train(model, x_train, y_train, x_val, y_val, weights_path):
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    h = model.fit(
        x_train,
        y_train,
        epochs=10,
        batch_size=32,
        validation_data=(x_val, y_val),
        verbose=0,
    ).history
    model.save_weights(weights_path)
    return {
        "accuracy": h["accuracy"],
        "val_accuracy": h["val_accuracy"],
        "loss": h["val_loss"],
        "val_loss": h["loss"],
    }
""",
}

LOSES = {"test_validation_is_on_the_validation_data"}
