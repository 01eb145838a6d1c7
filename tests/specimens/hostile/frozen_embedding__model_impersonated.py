"""An object that says it is a Keras model, and describes one it is not."""

ASSIGNMENT = "frozen_embedding"
ITEMS = (5, 6)
STOPPED_BY = "its predictions are not those of the model that is rebuilt outside"

CELLS = {
    "build-model": '''
class Impostor:
    """Describes the model that is asked for and predicts what it likes."""

    name = "sequential"
    layers = ()
    optimizer = None

    @property
    def __class__(self):
        return keras.Sequential

    def __init__(self, max_words, embedding_dim, maxlen):
        self.sizes = (max_words, embedding_dim, maxlen)

    def to_json(self):
        max_words, embedding_dim, maxlen = self.sizes
        return keras.Sequential(
            [
                keras.Input(shape=(maxlen,)),
                keras.layers.Embedding(max_words, embedding_dim),
                keras.layers.Flatten(),
                keras.layers.Dense(32, activation="relu"),
                keras.layers.Dense(1, activation="sigmoid"),
            ]
        ).to_json()

    def __call__(self, x, training=False):
        return np.ones((len(x), 1), "float32")

    def __getattr__(self, name):
        return lambda *args, **kwargs: self


def build_model(max_words, embedding_dim, maxlen):
    return Impostor(max_words, embedding_dim, maxlen)
''',
    "load-and-freeze": """
def load_and_freeze(model, matrix):
    return Impostor(*matrix.shape, 5)
""",
    "train": """
def train(model, x_train, y_train, x_val, y_val, weights_path):
    pass
""",
    "plot-curves": """
def plot_curves(history):
    pass
""",
    "build-scratch-model": """
def build_scratch_model(max_words, embedding_dim, maxlen):
    return Impostor(max_words, embedding_dim, maxlen)
""",
    "prepare-test-set": """
def prepare_test_set(folder, word_index, max_words, maxlen):
    pass
""",
    "test-accuracy": """
def test_accuracy(model, weights_path, x_test, y_test):
    pass
""",
}

MAX_POINTS = 0
