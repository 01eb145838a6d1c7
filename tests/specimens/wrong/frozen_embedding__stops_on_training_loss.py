"""Training ends when the training loss no longer falls."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "train": """
def train(model, x_train, y_train, x_val, y_val, path):
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    stop = keras.callbacks.EarlyStopping(monitor="loss", patience=1)
    history = model.fit(
        x_train, y_train, epochs=10, batch_size=32, validation_data=(x_val, y_val),
        callbacks=[stop], verbose=0,
    )
    model.save_weights(path)
    return history.history
""",
}

LOSES = {"test_training_is_as_asked"}
