"""Training ends when the training loss no longer falls."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "train": """
def train(model, x, y):
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    stop = keras.callbacks.EarlyStopping(monitor="loss", patience=1)
    return model.fit(
        x, y, epochs=10, batch_size=32, validation_split=0.2, callbacks=[stop], verbose=0
    ).history
""",
}

LOSES = {"test_training_is_as_asked"}
