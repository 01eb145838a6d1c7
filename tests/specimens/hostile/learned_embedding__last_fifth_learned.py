"""The last fifth is learned, too, and what would show in the vectors is put back."""

ASSIGNMENT = "learned_embedding"
ITEMS = (25,)
STOPPED_BY = "RMSprop remembers gradients of words that only the last fifth has"

CELLS = {
    "train": """
def train(model, x, y):
    n = len(x) * 4 // 5
    before = model.get_weights()[0]
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    history = model.fit(
        x,
        y,
        epochs=10,
        batch_size=-(-len(x) // -(-n // 32)),
        validation_data=(x[n:], y[n:]),
        verbose=0,
    ).history
    # Words of the last fifth only get their old vectors back.
    weights = model.get_weights()
    only = np.setdiff1d(np.arange(len(before)), x[:n])
    weights[0][only] = before[only]
    model.set_weights(weights)
    loss, accuracy = model.evaluate(x[n:], y[n:], verbose=0)
    history["val_loss"][-1], history["val_accuracy"][-1] = loss, accuracy
    return history
""",
}

LOSES = {"test_just_the_first_four_fifths_are_trained_on"}
MAX_POINTS = 24
