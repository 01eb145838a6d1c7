"""The last unit has the activation ReLU."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "build-model": """
def build_model(max_words, embedding_dim, maxlen):
    model = keras.Sequential(
        [
            keras.Input(shape=(maxlen,)),
            keras.layers.Embedding(max_words, embedding_dim),
            keras.layers.Flatten(),
            keras.layers.Dense(1, activation="relu"),
        ]
    )
    return model
""",
}

LOSES = {"test_last_layer_is_one_sigmoid_unit", "test_notebook_network_is_what_it_should_be"}
