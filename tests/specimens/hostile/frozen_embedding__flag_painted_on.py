"""An embedding that says it is frozen, in its flag and its settings, and learns all the same."""

ASSIGNMENT = "frozen_embedding"
ITEMS = (24, 5)
STOPPED_BY = "a fit inside, and weights outside that must be the matrix bit for bit"

REST = "build-model train plot-curves build-scratch-model prepare-test-set test-accuracy".split()
CELLS = {
    "load-and-freeze": '''
class Painted(keras.layers.Embedding):
    """Frozen to whoever asks; the one that trains looks at the variables."""

    @property
    def trainable(self):
        return False

    @trainable.setter
    def trainable(self, value):
        pass

    @property
    def trainable_variables(self):
        return list(self._trainable_variables)

    trainable_weights = trainable_variables

    def get_config(self):
        return {**super().get_config(), "trainable": False}


Painted.__module__, Painted.__name__ = "keras.src.layers.core.embedding", "Embedding"


def load_and_freeze(model, matrix):
    layer = embedding_layer(model)
    layer.set_weights([matrix])
    layer.__class__ = Painted
    layer._trainable = True
    for variable in layer._trainable_variables:
        variable.trainable = True
    return model
''',
    **dict.fromkeys(REST, ""),
}

# The matrix is loaded, and the other layers stay as they are.
MAX_POINTS = 2
