"""The Embedding layer is frozen, as in a later notebook."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "build-model": """
def build_model(max_words, embedding_dim, maxlen):
    model = keras.Sequential(
        [
            keras.Input(shape=(maxlen,)),
            keras.layers.Embedding(max_words, embedding_dim),
            keras.layers.Flatten(),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.layers[0].trainable = False
    return model
""",
}

LOSES = {"test_model_is_new_and_untrained", "test_notebook_network_is_what_it_should_be"}
