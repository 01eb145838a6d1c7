"""Positive reviews count twice as much as negative ones."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "train": """
def train(model, x_train, y_train, x_val, y_val, weights_path):
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    history = model.fit(
        x_train, y_train, epochs=10, batch_size=32, validation_data=(x_val, y_val),
        class_weight={0: 1.0, 1: 2.0}, verbose=0,
    )
    model.save_weights(weights_path)
    return history.history
""",
}

LOSES = {"test_training_is_as_asked"}
