"""The last unit has no activation."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "build-model": """
def build_model(max_words, embedding_dim, maxlen):
    model = keras.Sequential(
        [
            keras.Input(shape=(maxlen,)),
            keras.layers.Embedding(max_words, embedding_dim),
            keras.layers.Flatten(),
            keras.layers.Dense(1),
        ]
    )
    return model
""",
}

LOSES = {"test_last_layer_is_one_sigmoid_unit", "test_notebook_network_is_what_it_should_be"}
