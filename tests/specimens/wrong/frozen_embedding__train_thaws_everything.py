"""Before it compiles, train makes everything trainable again."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "train": """
def train(model, x_train, y_train, x_val, y_val, weights_path):
    for layer in model.layers:
        layer.trainable = True
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
    return history.history
""",
}

LOSES = {"test_training_respects_frozen_layers", "test_notebook_networks_are_what_they_should_be"}
