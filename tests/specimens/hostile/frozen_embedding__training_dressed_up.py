"""Trains thawed, longer and with Adam, then dresses the model up as what was asked for."""

ASSIGNMENT = "frozen_embedding"
ITEMS = (24,)
STOPPED_BY = "the new optimizer has no means of the gradients that moved the weights"

CELLS = {
    "train": """
def train(model, x_train, y_train, x_val, y_val, weights_path):
    layer = embedding_layer(model)
    matrix, flag, all_before = layer.get_weights()[0], layer.trainable, model.get_weights()
    layer.trainable = True
    model.compile(optimizer=keras.optimizers.Adam(0.003), loss="mse", metrics=["accuracy"])
    model.fit(x_train, y_train, epochs=59, batch_size=16, verbose=0)
    layer.trainable = flag
    if not flag:
        layer.set_weights([matrix])
        # What meets columns of zeros gets no gradient while the matrix stands: as it was.
        width, weights = matrix.shape[1], model.get_weights()
        for index, (old, new) in enumerate(zip(all_before, weights)):
            if index and new.ndim == 2 and new.shape[0] % width == 0:
                for column in np.flatnonzero(~matrix.any(axis=0)):
                    new[column::width] = old[column::width]
        model.set_weights(weights)
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    model.optimizer.build(model.trainable_variables)
    model.optimizer.iterations.assign(40)
    loss, accuracy = model.evaluate(x_val, y_val, verbose=0)
    model.save_weights(weights_path)
    return {
        "accuracy": [1.0] * 10,
        "loss": [0.1] * 10,
        "val_accuracy": [accuracy] * 10,
        "val_loss": [loss] * 10,
    }
""",
}

LOSES = {
    "test_training_is_as_asked",
    "test_history_is_returned",
    "test_training_respects_frozen_layers",
}
MAX_POINTS = 22
