"""The sizes of the vocabulary and of the vectors are exchanged."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "build-model": """
def build_model(max_words, embedding_dim, maxlen):
    model = keras.Sequential(
        [
            keras.Input(shape=(maxlen,)),
            keras.layers.Embedding(embedding_dim, max_words),
            keras.layers.Flatten(),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    return model
""",
}

LOSES = {"test_notebook_network_is_what_it_should_be", "test_sizes_follow_the_arguments"}
