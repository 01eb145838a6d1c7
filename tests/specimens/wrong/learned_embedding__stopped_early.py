"""Training stops when the validation loss has not fallen for two epochs."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "train": """
def train(model, x, y):
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=2)
    history = model.fit(
        x, y, epochs=10, batch_size=32, validation_split=0.2, callbacks=[stop], verbose=0
    )
    return history.history
""",
}

LOSES = {"test_training_is_as_asked"}
