"""A class of models with a functional core, a PyDataset, a Figure without pyplot, a metric."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "build-model": '''
import functools


class ReviewJudge(keras.Model):
    """Слои — из Keras, класс модели — свой."""

    def __init__(self, max_words, embedding_dim, maxlen):
        words = keras.Input(shape=(maxlen,))
        layers = (
            keras.layers.Embedding(max_words, embedding_dim),
            keras.layers.Flatten(),
            keras.layers.Dense(32, activation="relu"),
            keras.layers.Dense(1, activation="sigmoid"),
        )
        judgement = functools.reduce(lambda value, layer: layer(value), layers, words)
        super().__init__(inputs=words, outputs=judgement)


def build_model(max_words, embedding_dim, maxlen):
    return ReviewJudge(max_words, embedding_dim, maxlen)
''',
    "load-and-freeze": """
def load_and_freeze(model, matrix):
    for layer in model.layers:
        match layer:
            case keras.layers.Embedding(embeddings=variable):
                variable.assign(matrix)
                layer.trainable = False
    return model
""",
    "train": '''
import math


class Shuffled(keras.utils.PyDataset):
    """Batches of 32, in another order in each epoch."""

    def __init__(self, x, y):
        super().__init__()
        self.x, self.y = x, y
        self.on_epoch_end()

    def __len__(self):
        return math.ceil(len(self.x) / 32)

    def __getitem__(self, batch):
        chosen = self.order[32 * batch : 32 * batch + 32]
        return self.x[chosen], self.y[chosen]

    def on_epoch_end(self):
        self.order = np.random.default_rng().permutation(len(self.x))


def train(model, x_train, y_train, x_val, y_val, weights_path):
    model.compile("rmsprop", keras.losses.binary_crossentropy, metrics=["accuracy"])
    fitted = model.fit(
        Shuffled(x_train, y_train), epochs=10, validation_data=(x_val, y_val), verbose=0
    )
    keras.saving.save_weights(model, weights_path)
    return fitted.history
''',
    "plot-curves": """
from matplotlib.figure import Figure


def plot_curves(history):
    figure = Figure(figsize=(9, 3))
    for name, axes in figure.subplot_mosaic([["accuracy", "loss"]]).items():
        seen, unseen = history[name], history[f"val_{name}"]
        epochs = np.arange(len(seen), dtype=float) + 1
        axes.plot(epochs, seen, "o", epochs, unseen, "-")
        axes.set_title(name)
    return figure
""",
    "build-scratch-model": """
build_scratch_model = functools.partial(build_model)
""",
    "prepare-test-set": """
def prepare_test_set(folder, word_index, max_words, maxlen):
    texts, labels = read_reviews(folder)
    x_test = encode(texts, word_index, max_words=max_words, maxlen=maxlen)
    return x_test.astype(np.int32), np.fromiter(labels, dtype=np.int8)
""",
    "test-accuracy": """
def test_accuracy(model, weights_path, x_test, y_test):
    model.load_weights(weights_path)
    metric = keras.metrics.BinaryAccuracy(threshold=0.5)
    for start in range(0, len(x_test), 64):
        part = slice(start, start + 64)
        metric.update_state(y_test[part, None], model(x_test[part], training=False))
    return metric.result()
""",
}
