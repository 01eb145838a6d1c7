"""Sliding windows, long doubles, unsigned numbers, an endless generator of batches."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "one-hot": '''
def one_hot(numbers, max_words):
    """Each row is a window on one long row with a single 1 in its middle."""
    long_row = np.zeros(2 * max_words - 1, dtype=np.float32)
    long_row[max_words - 1] = 1
    windows = np.lib.stride_tricks.sliding_window_view(long_row, max_words)
    return windows[max_words - 1 - np.asarray(numbers, dtype=np.intp)]
''',
    "lookup": '''
def lookup(table, numbers):
    """Floats of the greatest precision there is."""
    return table.astype(np.longdouble).take(np.asarray(numbers), axis=0)
''',
    "pad-reviews": '''
def pad_reviews(sequences, maxlen):
    """Zeros in front, the last numbers kept; no number is negative."""
    if not (rows := [[0] * maxlen + sequence for sequence in sequences]):
        return np.empty((0, maxlen), np.uint32)
    return np.array([row[-maxlen:] for row in rows], dtype=np.uint32)
''',
    "build-model": '''
import functools


def build_model(max_words, embedding_dim, maxlen):
    """Una tubería de capas."""
    entry = keras.layers.InputLayer(shape=(maxlen,)).output
    layers = keras.layers
    pipe = (
        layers.Embedding(output_dim=embedding_dim, input_dim=max_words),
        layers.Flatten(),
        layers.Dense(units=1, activation=keras.activations.sigmoid),
    )
    return keras.Model(entry, functools.reduce(lambda value, layer: layer(value), pipe, entry))
''',
    "train": '''
def batches_for_ever(x, y, size):
    """Epoch after epoch, each in another order."""
    dice = np.random.default_rng()
    while True:
        order = dice.permutation(len(x))
        for start in range(0, len(x), size):
            yield x[chosen := order[start : start + size]], y[chosen]


def train(model, x, y):
    """Keras is fed by a generator that never ends."""
    cut = len(x) // 5 * 4
    model.compile(
        keras.optimizers.RMSprop(),
        keras.losses.BinaryCrossentropy(),
        metrics=[keras.metrics.BinaryAccuracy(name="accuracy")],
    )
    fitted = model.fit(
        batches_for_ever(x[:cut], y[:cut], 32),
        steps_per_epoch=-(-cut // 32),
        epochs=10,
        validation_data=(x[cut:], y[cut:]),
        verbose=0,
    )
    return {name: list(np.asarray(values)) for name, values in fitted.history.items()}
''',
    "nearest-words": '''
import heapq


def nearest_words(word, word_index, table, n):
    """On the unit sphere the greatest cosine is the shortest way."""
    rows = table.astype(np.longdouble)
    me = rows[word_index[word]] / np.linalg.norm(table[word_index[word]].astype(float))

    def way(other):
        row = rows[word_index[other]]
        here, there = (one / np.sqrt((one * one).sum()) for one in (row, me))
        return float(((here - there) ** 2).sum())

    with_row = (other for other, row in word_index.items() if row < len(rows) and other != word)
    return heapq.nsmallest(n, with_row, key=way)
''',
}
