"""Training and validation reviews are put together, to have more of them."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "train": """
def train(model, x_train, y_train, x_val, y_val, weights_path):
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    history = model.fit(
        np.concatenate([x_train, x_val]),
        np.concatenate([y_train, y_val]),
        epochs=10,
        batch_size=32,
        validation_data=(x_val, y_val),
        verbose=0,
    )
    model.save_weights(weights_path)
    return history.history
""",
}

LOSES = {"test_validation_data_are_not_trained_on"}
