"""tf.data, callbacks, old layers in a new model, a Figure subclass, a number in a 0-d array."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "build-model": """
import tensorflow as tf


def build_model(max_words, embedding_dim, maxlen):
    model = keras.Sequential(name="critic")
    for layer in (
        keras.layers.Embedding(max_words, embedding_dim, name="vectors"),
        keras.layers.Flatten(name="row"),
        keras.layers.Dense(units=32, activation=keras.activations.relu),
        keras.layers.Dense(units=1, activation=keras.activations.sigmoid),
    ):
        model.add(layer)
    model.build((None, maxlen))
    return model
""",
    "load-and-freeze": """
def load_and_freeze(model, matrix):
    old = embedding_layer(model)
    glove = keras.layers.Embedding(*matrix.shape, weights=[matrix], trainable=False, name="glove")
    others = [layer for layer in model.layers if layer is not old]
    return keras.Sequential([keras.Input(model.input_shape[1:]), glove, *others])
""",
    "train": """
def train(model, x_train, y_train, x_val, y_val, weights_path):
    pairs = tf.data.Dataset.from_tensor_slices((x_train, y_train))
    model.compile(
        optimizer=keras.optimizers.RMSprop(),
        loss=keras.losses.BinaryCrossentropy(),
        metrics=[keras.metrics.BinaryAccuracy(name="accuracy")],
    )
    fitted = model.fit(
        pairs.shuffle(len(x_train), reshuffle_each_iteration=True).batch(32).prefetch(1),
        epochs=10,
        validation_data=tf.data.Dataset.from_tensor_slices((x_val, y_val)).batch(64),
        verbose=2,
        callbacks=[
            keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: print(epoch + 1)),
            keras.callbacks.CSVLogger("training.csv"),
            keras.callbacks.EarlyStopping(patience=100),
        ],
    )
    model.save_weights(weights_path)
    return {**fitted.history}
""",
    "plot-curves": '''
from matplotlib.figure import Figure


class Sheet(Figure):
    """A figure that knows its title."""

    title = "accuracy and loss"


def plot_curves(history):
    sheet, panels = plt.subplots(2, 1, FigureClass=Sheet)
    for panel, name in zip(panels, ("accuracy", "loss")):
        n = len(history[name])
        epochs = np.linspace(1, n, n)
        panel.plot(epochs, np.float32(history[name]), "ro", markersize=4)
        panel.plot(epochs, history["val_" + name], linestyle="solid", marker=None)
    sheet.suptitle(sheet.title)
    plt.close(sheet)
    return sheet
''',
    "build-scratch-model": """
def build_scratch_model(max_words, embedding_dim, maxlen):
    return keras.models.clone_model(build_model(max_words, embedding_dim, maxlen))
""",
    "prepare-test-set": """
def prepare_test_set(folder, word_index, max_words, maxlen):
    texts, labels = read_reviews(folder)
    x_test = encode(texts, word_index, max_words, maxlen).astype("uint16")
    return [x_test, np.array(labels, dtype=bool)]
""",
    "test-accuracy": """
def test_accuracy(model, weights_path, x_test, y_test):
    model.load_weights(weights_path)
    metric = keras.metrics.BinaryAccuracy()
    for start in range(0, len(x_test), 256):
        part = slice(start, start + 256)
        metric.update_state(y_test[part], model(x_test[part])[:, 0])
    return np.array(metric.result())
""",
}
