"""Keras's fit and evaluate are patched, get_weights lies, a history is made up."""

ASSIGNMENT = "learned_embedding"
ITEMS = (6, 23)
STOPPED_BY = "models are rebuilt outside, and every figure is measured there"

CELLS = {
    "one-hot": """

""",
    "lookup": """

""",
    "pad-reviews": """

""",
    "nearest-words": """

""",
    "build-model": """
class Fitted:
    history = {
        "accuracy": [0.9] * 10,
        "loss": [0.1] * 10,
        "val_accuracy": [0.9] * 10,
        "val_loss": [0.1] * 10,
    }


keras.Model.fit = keras.Sequential.fit = lambda self, *args, **kwargs: Fitted()
keras.Model.evaluate = lambda self, *args, **kwargs: [0.0, 1.0]
keras.Model.predict = lambda self, x, *args, **kwargs: np.ones((len(x), 1), "float32")
keras.layers.Layer.get_weights = lambda self: []
keras.Model.count_params = lambda self: 80_161


def build_model(max_words, embedding_dim, maxlen):
    return keras.Sequential([keras.Input(shape=(maxlen,)), keras.layers.Flatten()])
""",
    "train": """
def train(model, x, y):
    return model.fit(x, y).history
""",
}

MAX_POINTS = 0
