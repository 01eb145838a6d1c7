"""Type hints, a dataclass for the settings of the training, subfigures, operator functions."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "build-model": '''
from dataclasses import asdict, dataclass

from matplotlib.figure import Figure


def build_model(max_words: int, embedding_dim: int, maxlen: int) -> keras.Model:
    """Return the network, uncompiled."""
    layers: list[keras.layers.Layer] = [
        keras.layers.Embedding(input_dim=max_words, output_dim=embedding_dim),
        keras.layers.Flatten(),
        *(keras.layers.Dense(n, f) for n, f in ((32, "relu"), (1, "sigmoid"))),
    ]
    outputs = inputs = keras.Input(batch_shape=(None, maxlen), dtype="int32")
    for layer in layers:
        outputs = layer(outputs)
    return keras.Model(inputs=inputs, outputs=outputs)
''',
    "load-and-freeze": '''
def load_and_freeze(model: keras.Model, matrix: np.ndarray) -> keras.Model:
    """Return the model with the matrix in its Embedding layer."""
    layer = embedding_layer(model)
    if layer.embeddings.shape != matrix.shape:
        raise ValueError(f"{matrix.shape} does not fit into {layer.embeddings.shape}")
    layer.trainable = False
    layer.embeddings.assign(matrix.copy())
    assert not layer.trainable_weights
    return model
''',
    "train": '''
@dataclass(frozen=True)
class Plan:
    """How long to train, and in which steps."""

    epochs: int = 10
    batch_size: int = 32
    verbose: int = 2


def train(
    model: keras.Model,
    x_train: np.ndarray,
    y_train: np.ndarray,
    x_val: np.ndarray,
    y_val: np.ndarray,
    weights_path: str,
) -> dict[str, list[float]]:
    """Return the history of the training."""
    model.compile(
        loss="binary_crossentropy", optimizer=keras.optimizers.RMSprop(), metrics=["accuracy"]
    )
    fitted = model.fit(
        x=x_train,
        y=y_train.astype("float32").reshape(-1, 1),
        validation_data=(x_val, y_val.astype("float32").reshape(-1, 1)),
        **asdict(Plan()),
    )
    model.save_weights(Path(weights_path), overwrite=True)
    return {name: [float(value) for value in values] for name, values in fitted.history.items()}
''',
    "plot-curves": '''
def plot_curves(history: dict[str, list[float]]) -> Figure:
    """Return a figure of two subfigures with one axes each."""
    figure = plt.figure(figsize=(10, 4))
    for part, name in zip(figure.subfigures(1, 2), ("accuracy", "loss"), strict=True):
        axes = part.subplots()
        for key, style in ((name, {"marker": "o", "ls": "None"}), (f"val_{name}", {"ls": "-"})):
            epochs, values = zip(*enumerate(history[key], start=1))
            axes.plot(epochs, values, **style, label=key)
        axes.legend()
    plt.close(figure)
    return figure
''',
    "prepare-test-set": '''
def prepare_test_set(
    folder: str | Path, word_index: dict[str, int], max_words: int, maxlen: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return x_test and y_test."""
    texts, labels = read_reviews(folder)
    x_test: np.ndarray = encode(texts, word_index, max_words, maxlen)
    y_test: np.ndarray = np.fromiter(labels, dtype=np.int64)
    assert x_test.shape == (*y_test.shape, maxlen)
    return x_test, y_test
''',
    "test-accuracy": '''
def test_accuracy(
    model: keras.Model, weights_path: str, x_test: np.ndarray, y_test: np.ndarray
) -> float:
    """Return the share of right answers."""
    model.load_weights(weights_path)
    outputs = model.predict(x_test, verbose=0).squeeze(axis=-1)
    return np.count_nonzero(np.greater(outputs, 0.5) == y_test.astype(bool)) / y_test.size
''',
}
