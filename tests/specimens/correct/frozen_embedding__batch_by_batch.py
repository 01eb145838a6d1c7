"""Each batch by hand, NumPy's own numbers in the history, a twin that is loaded and judged."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "load-and-freeze": """
def load_and_freeze(model, matrix):
    layer = embedding_layer(model)
    layer.embeddings.assign(matrix)
    layer.trainable = not True
    return model
""",
    "train": """
def train(model, x_train, y_train, x_val, y_val, weights_path):
    model.compile("rmsprop", keras.losses.BinaryCrossentropy(), metrics=["accuracy"])
    generator = np.random.default_rng(0)
    history = {name: [] for name in ("loss", "accuracy", "val_loss", "val_accuracy")}
    for epoch in range(10):
        model.reset_metrics()
        shuffled = generator.permutation(len(x_train))
        for rows in np.split(shuffled, range(32, len(shuffled), 32)):
            loss, accuracy = model.train_on_batch(x_train[rows], y_train[rows])
        judged = model.evaluate(x_val, y_val, batch_size=len(x_val), verbose=0)
        for numbers, number in zip(history.values(), (loss, accuracy, *judged), strict=True):
            numbers.append(np.float64(number))
    model.save_weights(weights_path, overwrite=True)
    return history | {"epoch": list(range(10))}
""",
    "plot-curves": """
def plot_curves(history):
    figure, panels = plt.subplot_mosaic([["accuracy"], ["loss"]])
    for name, axes in panels.items():
        epochs = np.linspace(1, len(history[name]), len(history[name]))
        dots, _ = axes.plot(epochs, np.column_stack([history[name], history["val_" + name]]))
        dots.set(marker="o", linestyle="")
    plt.close(figure)
    return figure
""",
    "prepare-test-set": """
def prepare_test_set(folder, word_index, max_words, maxlen):
    texts, labels = read_reviews(folder)
    x_test = encode(texts, dict(word_index), max_words, maxlen).astype(np.uint16)
    y_test = np.fromiter(labels, dtype=bool, count=len(labels))
    x_test.flags.writeable = y_test.flags.writeable = False
    return [x_test, y_test]
""",
    "test-accuracy": """
def test_accuracy(model, weights_path, x_test, y_test):
    twin = keras.models.clone_model(model)
    twin.load_weights(weights_path)
    twin.compile(loss="mse", metrics=["binary_accuracy"])
    return twin.test_on_batch(x_test, y_test, return_dict=True)["binary_accuracy"]
""",
}
