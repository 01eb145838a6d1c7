"""Models whose description would run code where it is read: Lambda layers, foreign classes."""

ASSIGNMENT = "frozen_embedding"
ITEMS = (10, 6)
STOPPED_BY = "an allow-list of stock layers is held against the description before it is read"

REST = "load-and-freeze train plot-curves prepare-test-set test-accuracy".split()
CELLS = {
    "build-model": r'''
import json

EVIL = "__import__('os').system('touch /tmp/LAYER_WAS_RUN')"


class Described(keras.Sequential):
    """Says by itself what it is, each time something else."""

    def to_json(self, **kwargs):
        config = json.loads(keras.Sequential.to_json(self))
        layers, kind = config["config"]["layers"], os.urandom(1)[0] % 6
        if kind == 0:
            layers[-1] |= {"module": "os", "class_name": "system", "config": {"command": EVIL}}
        elif kind == 1:
            layers[-1] |= {"class_name": "Lambda", "config": {"function": ["4wAAAA", None, None]}}
        elif kind == 2:
            layers[-1]["config"]["activation"] = {"module": "builtins", "class_name": "function",
                                                  "config": "exec", "registered_name": "exec"}
        elif kind == 3:
            layers[-1]["registered_name"] = "evil>Dense"
            layers[-1]["module"] = "keras.layers.__builtins__"
        elif kind == 4:
            layers[-1]["config"]["units"] = 10**9
        else:
            layers[-1]["config"]["kernel_initializer"] = {"class_name": "__lambda__",
                                                          "config": {"value": EVIL}}
        return json.dumps(config)


def build_model(max_words, embedding_dim, maxlen):
    return Described([keras.Input(shape=(maxlen,)), keras.layers.Embedding(max_words, 2),
                      keras.layers.Flatten(), keras.layers.Dense(1)])
''',
    "build-scratch-model": r"""
def build_scratch_model(max_words, embedding_dim, maxlen):
    return keras.Sequential([keras.Input(shape=(maxlen,)), keras.layers.Embedding(max_words, 50),
                             keras.layers.Lambda(lambda x: os.system(EVIL) or x),
                             keras.layers.Flatten(), keras.layers.Dense(1)])
""",
    **dict.fromkeys(REST, ""),
}

MAX_POINTS = 0
