"""tf.keras throughout, callbacks, a loss function, own cells; prints and warnings."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "build-model": """
import warnings

import tensorflow as tf


def build_model(max_words, embedding_dim, maxlen):
    print("building", max_words, embedding_dim, maxlen)
    return tf.keras.Sequential(
        [
            tf.keras.Input(shape=(maxlen,), dtype=tf.int64),
            tf.keras.layers.Embedding(max_words, embedding_dim),
            tf.keras.layers.Flatten(),
            tf.keras.layers.Dense(32, activation=tf.nn.relu),
            tf.keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
""",
    "load-and-freeze": """
def load_and_freeze(model, matrix):
    warnings.warn("freezing")
    layer, = [layer for layer in model.layers if "embedding" in layer.name]
    layer.trainable = False
    layer.set_weights([tf.constant(matrix)])
    return model
""",
    "train": """
class Echo(tf.keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        logging.warning("epoch %d", epoch)


def train(model, x_train, y_train, x_val, y_val, weights_path):
    model.compile(
        optimizer=tf.keras.optimizers.RMSprop(learning_rate=1e-3),
        loss=tf.keras.losses.binary_crossentropy,
        metrics=["accuracy"],
    )
    history = model.fit(
        tf.constant(x_train), tf.constant(y_train), epochs=10, verbose=0, callbacks=[Echo()],
        validation_data=(x_val, y_val),
    )
    model.save_weights(weights_path)
    return history.history
""",
    "plot-curves": """
from matplotlib.figure import Figure


def plot_curves(history):
    figure = Figure(figsize=(9, 3))
    for i, name in enumerate(["accuracy", "loss"]):
        axes = figure.add_subplot(1, 2, i + 1)
        epochs = np.arange(len(history[name])) + 1
        axes.plot(epochs, np.array(history[name]), marker="o", linestyle="", color="k")
        axes.plot(epochs, np.array(history["val_" + name]), ls="solid")
        axes.text(0, 0, name)
        axes.grid()
    return figure
""",
    "build-scratch-model": """
def build_scratch_model(max_words, embedding_dim, maxlen):
    tf.keras.utils.set_random_seed(7)
    model = build_model(max_words, embedding_dim, maxlen)
    for layer in model.layers:
        layer.trainable = True
    return model
""",
    "test-accuracy": """
def test_accuracy(model, weights_path, x_test, y_test):
    model.load_weights(weights_path)
    outputs = tf.squeeze(model(tf.constant(x_test)), axis=1)
    right = tf.equal(outputs > 0.5, tf.cast(y_test, tf.bool))
    return tf.reduce_mean(tf.cast(right, tf.float64))
""",
}

EXTRA = [
    (
        "after",
        "test-train",
        """
more = example_model(20, 4, 6)
more.summary()
logging.error("a line on stderr")
""",
    ),
]
