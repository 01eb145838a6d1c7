"""The first Dense layer has no activation."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "build-model": """
def build_model(max_words, embedding_dim, maxlen):
    return keras.Sequential(
        [
            keras.Input(shape=(maxlen,)),
            keras.layers.Embedding(max_words, embedding_dim),
            keras.layers.Flatten(),
            keras.layers.Dense(32),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
""",
}

LOSES = {"test_dense_layers_have_their_activations"}
