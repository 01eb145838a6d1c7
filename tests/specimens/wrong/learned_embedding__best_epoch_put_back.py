"""After the training the weights of the best epoch are put back."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "train": """
def train(model, x, y):
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    best = keras.callbacks.EarlyStopping(
        monitor="val_loss", patience=100, restore_best_weights=True
    )
    history = model.fit(
        x, y, epochs=10, batch_size=32, validation_split=0.2, callbacks=[best], verbose=0
    )
    return history.history
""",
}

LOSES = {"test_training_is_as_asked"}
