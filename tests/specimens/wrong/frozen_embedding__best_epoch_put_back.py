"""After the training the weights of the best epoch are put back."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "train": """
def train(model, x_train, y_train, x_val, y_val, weights_path):
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    best = keras.callbacks.EarlyStopping("val_loss", patience=99, restore_best_weights=True)
    history = model.fit(
        x_train, y_train, epochs=10, batch_size=32, validation_data=(x_val, y_val),
        callbacks=[best], verbose=0,
    )
    model.save_weights(weights_path)
    return history.history
""",
}

LOSES = {"test_training_is_as_asked", "test_validation_is_on_the_validation_data"}
