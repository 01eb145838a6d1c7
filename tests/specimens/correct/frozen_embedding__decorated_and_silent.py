"""Decorated functions, output swallowed, logging instead of prints, keras.ops for the count."""

ASSIGNMENT = "frozen_embedding"

EXTRA = [
    (
        "before",
        "build-model",
        '''
import contextlib
import functools
import io
import time

log = logging.getLogger("course")
log.setLevel(logging.INFO)


def timed(function):
    """Log how long each call takes, and swallow what it prints."""

    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        start = time.perf_counter()
        with contextlib.redirect_stdout(io.StringIO()):
            result = function(*args, **kwargs)
        log.info("%s took %.2f s", function.__name__, time.perf_counter() - start)
        return result

    return wrapper
''',
    ),
]

CELLS = {
    "load-and-freeze": """
@timed
def load_and_freeze(model, matrix):
    [embedding] = [la for la in model.layers if la.__class__.__name__ == "Embedding"]
    embedding.trainable = False
    embedding.set_weights((matrix,))
    return model
""",
    "train": """
@timed
def train(model, x_train, y_train, x_val, y_val, weights_path):
    keras.Model.compile(
        model, optimizer=keras.optimizers.RMSprop(name="r"), loss="BinaryCrossentropy",
        metrics=[keras.metrics.BinaryAccuracy(name="accuracy")],
    )
    done = model.fit(x_train, y_train, epochs=10, validation_data=(x_val, y_val), verbose=1)
    model.save_weights(weights_path)
    return done.history
""",
    "prepare-test-set": """
@timed
def prepare_test_set(folder, word_index, max_words, maxlen):
    texts, labels = read_reviews(folder)
    rows = (encode([text], word_index, max_words, maxlen) for text in texts)
    x_test, y_test = zip(*zip(rows, map(np.int32, labels)))
    return np.vstack(x_test), np.array(y_test)
""",
    "test-accuracy": """
@timed
def test_accuracy(model, weights_path, x_test, y_test):
    model.load_weights(weights_path)
    outputs = model(keras.ops.convert_to_tensor(x_test), training=False)
    right = keras.metrics.binary_accuracy(np.reshape(y_test, (-1, 1)), outputs)
    return float(keras.ops.mean(right))
""",
}
