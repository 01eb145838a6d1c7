"""Keras's fit, evaluate and get_weights are patched; the history is forged."""

ASSIGNMENT = "frozen_embedding"
ITEMS = (6, 23)
STOPPED_BY = "models are rebuilt outside, and every figure is measured there"

CELLS = {
    "build-model": """
class Fitted:
    history = {
        "accuracy": [1.0] * 10,
        "loss": [0.0] * 10,
        "val_accuracy": [1.0] * 10,
        "val_loss": [0.0] * 10,
    }


keras.Model.fit = keras.Sequential.fit = lambda self, *args, **kwargs: Fitted()
keras.Model.evaluate = lambda self, *args, **kwargs: [0.0, 1.0]
keras.Model.predict = lambda self, x, *args, **kwargs: np.ones((len(x), 1), "float32")
keras.Model.load_weights = keras.Model.save_weights = lambda self, *args, **kwargs: None
keras.layers.Layer.get_weights = lambda self: []


def build_model(max_words, embedding_dim, maxlen):
    pass
""",
    "load-and-freeze": """
def load_and_freeze(model, matrix):
    pass
""",
    "train": r"""
def train(model, x_train, y_train, x_val, y_val, weights_path):
    with open(weights_path, "wb") as file:
        file.write(b"\x89HDF\r\n\x1a\n" + b"weights" * 100)
    return model.fit().history
""",
    "plot-curves": """
def plot_curves(history):
    pass
""",
    "build-scratch-model": """
def build_scratch_model(max_words, embedding_dim, maxlen):
    pass
""",
    "prepare-test-set": """
def prepare_test_set(folder, word_index, max_words, maxlen):
    pass
""",
    "test-accuracy": """
def test_accuracy(model, weights_path, x_test, y_test):
    return model.evaluate(x_test, y_test)[1]
""",
}

MAX_POINTS = 0
