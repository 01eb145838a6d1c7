"""Only the list of losses is returned."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "train": """
def train(model, x_train, y_train, x_val, y_val, weights_path):
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    history = model.fit(
        x_train,
        y_train,
        epochs=10,
        batch_size=32,
        validation_data=(x_val, y_val),
        verbose=0,
    )
    model.save_weights(weights_path)
    return history.history["loss"]
""",
}

LOSES = {"test_history_is_returned"}
