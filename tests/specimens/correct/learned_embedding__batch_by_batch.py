"""A loop of one's own over epochs and batches, a history kept by hand."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "train": """
def train(model, x, y):
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    n = len(x) - len(x) // 5
    history = {"accuracy": [], "loss": [], "val_accuracy": [], "val_loss": []}
    random = np.random.default_rng(7)
    for _ in range(10):
        order = random.permutation(n)
        for start in range(0, n, 32):
            batch = order[start : start + 32]
            loss, accuracy = model.train_on_batch(x[batch], y[batch])
        val_loss, val_accuracy = model.evaluate(x[n:], y[n:], verbose=0)
        for name, value in zip(history, (accuracy, loss, val_accuracy, val_loss)):
            history[name].append(float(value))
    return history
""",
}
