"""A PyDataset hands out the batches, a ModelCheckpoint saves every epoch, metrics as objects."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "train": '''
import math


class Batches(keras.utils.PyDataset):
    """Batches of 32 reviews, in another order after each epoch."""

    def __init__(self, x, y, **options):
        super().__init__(**options)
        self.x, self.y, self.order = x, y, np.arange(len(x))

    def __len__(self):
        return math.ceil(len(self.x) / 32)

    def __getitem__(self, number):
        rows = self.order[32 * number : 32 * (number + 1)]
        return self.x[rows], self.y[rows]

    def on_epoch_end(self):
        np.random.shuffle(self.order)


def train(model, x_train, y_train, x_val, y_val, weights_path):
    model.compile(
        optimizer=keras.optimizers.get("rmsprop"),
        loss=keras.losses.get("binary_crossentropy"),
        metrics=[keras.metrics.BinaryAccuracy("accuracy", threshold=0.5)],
    )
    saver = keras.callbacks.ModelCheckpoint(weights_path, save_weights_only=True)
    nan = keras.callbacks.TerminateOnNaN()
    model.fit(
        Batches(x_train, y_train),
        epochs=10,
        validation_data=(x_val, y_val),
        callbacks=[saver, nan],
        verbose=0,
    )
    model.save_weights(weights_path)
    return model.history.history
''',
    "plot-curves": """
def plot_curves(history):
    with plt.style.context("ggplot"), plt.rc_context({"lines.markersize": 5}):
        figure = plt.figure(layout="constrained")
        for place, (name, color) in enumerate([("accuracy", "C0"), ("loss", "C1")], start=1):
            axes = figure.add_subplot(2, 1, place)
            epochs = np.arange(1, 1 + len(history[name]))
            axes.plot(epochs, history[name], color=color, marker="o", linestyle="")
            axes.plot(epochs, history["val_" + name], color=color)
            axes.set_ylabel(name)
            axes.grid(True)
    plt.close(figure)
    return figure
""",
    "test-accuracy": """
def test_accuracy(model, weights_path, x_test, y_test):
    model.load_weights(weights_path)
    model.compile(
        optimizer=keras.optimizers.SGD(),
        loss=keras.losses.binary_crossentropy,
        metrics=["binary_accuracy"],
    )
    results = model.evaluate(x_test, y_test, batch_size=512, verbose=0, return_dict=True)
    return results["binary_accuracy"]
""",
}
