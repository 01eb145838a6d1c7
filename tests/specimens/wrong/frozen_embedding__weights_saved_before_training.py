"""The weights are saved before there is anything to save."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "train": """
def train(model, x_train, y_train, x_val, y_val, weights_path):
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    model.save_weights(weights_path)
    history = model.fit(
        x_train,
        y_train,
        epochs=10,
        batch_size=32,
        validation_data=(x_val, y_val),
        verbose=0,
    )
    return history.history
""",
}

LOSES = {
    "test_saved_weights_are_the_trained_ones",
    "test_notebook_networks_are_what_they_should_be",
}
