"""train thaws the embedding and else does as asked; matrix, flag and kernel are put back."""

ASSIGNMENT = "frozen_embedding"
ITEMS = (24,)
STOPPED_BY = "the optimizer remembers that the matrix was among the weights it trained"

REST = "build-model load-and-freeze plot-curves build-scratch-model prepare-test-set".split()
CELLS = {
    "train": """
def train(model, x_train, y_train, x_val, y_val, weights_path):
    layer, before = embedding_layer(model), model.get_weights()
    flag, layer.trainable = layer.trainable, True
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    history = model.fit(
        x_train,
        y_train,
        epochs=10,
        batch_size=32,
        validation_data=(x_val, y_val),
        verbose=0,
    ).history
    layer.trainable = flag
    if not flag:
        # What meets columns of zeros gets no gradient while the matrix stands: as it was.
        (width, after), matrix = (before[0].shape[1], model.get_weights()), before[0]
        after[0] = matrix
        for column in np.flatnonzero(~matrix.any(axis=0)):
            after[1][column::width] = before[1][column::width]
        model.set_weights(after)
        last = model.evaluate(x_val, y_val, verbose=0)
        history["val_loss"][-1], history["val_accuracy"][-1] = last
    model.save_weights(weights_path)
    return history
""",
    "test-accuracy": "",
    **dict.fromkeys(REST, ""),
}

# All of train but that it respects what is frozen.
MAX_POINTS = 5
