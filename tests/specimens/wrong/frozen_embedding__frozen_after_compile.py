"""load_and_freeze only loads; train freezes the layer between compile and fit."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "load-and-freeze": """
def load_and_freeze(model, matrix):
    embedding_layer(model).set_weights([matrix])
    return model
""",
    "train": """
def train(model, x_train, y_train, x_val, y_val, weights_path):
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    embedding_layer(model).trainable = False
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

LOSES = {
    "test_embedding_is_frozen",
    "test_matrix_survives_a_fit",
    "test_notebook_networks_are_what_they_should_be",
}
