"""fit is called once an epoch, and only the last history is returned."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "train": """
def train(model, x_train, y_train, x_val, y_val, weights_path):
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    for _ in range(10):
        history = model.fit(
            x_train, y_train, batch_size=32, validation_data=(x_val, y_val), verbose=0
        )
    model.save_weights(weights_path)
    return history.history
""",
}

LOSES = {"test_history_is_returned"}
