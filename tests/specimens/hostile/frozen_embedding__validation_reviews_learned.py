"""Learns the validation reviews as well, and takes back what would show in the embedding."""

ASSIGNMENT = "frozen_embedding"
ITEMS = (25,)
STOPPED_BY = "RMSprop remembers gradients of words that only validation reviews have"

REST = "build-model load-and-freeze plot-curves build-scratch-model prepare-test-set".split()
CELLS = {
    "train": """
def train(model, x_train, y_train, x_val, y_val, weights_path):
    layer = embedding_layer(model)
    before = layer.get_weights()[0]
    x, y = np.concatenate([x_train, x_val]), np.concatenate([y_train, y_val])
    # As many batches as the training reviews alone would make.
    batches = -(-len(x_train) // 32)
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    history = model.fit(
        x,
        y,
        epochs=10,
        batch_size=-(-len(x) // batches),
        validation_data=(x_val, y_val),
        verbose=0,
    ).history
    # The words of the validation reviews only get their old vectors back.
    after = layer.get_weights()[0]
    only = np.setdiff1d(np.arange(len(after)), x_train)
    after[only] = before[only]
    layer.set_weights([after])
    history["val_loss"][-1], history["val_accuracy"][-1] = model.evaluate(x_val, y_val, verbose=0)
    model.save_weights(weights_path)
    return history
""",
    "test-accuracy": "",
    **dict.fromkeys(REST, ""),
}

# All of train but for its one check on validation reviews.
MAX_POINTS = 5
