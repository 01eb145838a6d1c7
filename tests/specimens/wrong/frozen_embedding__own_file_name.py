"""The weights are saved under a name of the learner's own, not at weights_path."""

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
    model.save_weights("glove.weights.h5")
    return history.history
""",
}

LOSES = {
    "test_notebook_networks_are_what_they_should_be",  # the second network is saved over the first
    "test_saved_weights_are_the_trained_ones",
}
