"""A third Dense layer between the two."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "build-model": """
def build_model(max_words, embedding_dim, maxlen):
    return keras.Sequential(
        [
            keras.Input(shape=(maxlen,)),
            keras.layers.Embedding(max_words, embedding_dim),
            keras.layers.Flatten(),
            keras.layers.Dense(32, activation="relu"),
            keras.layers.Dense(16, activation="relu"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
""",
}

LOSES = {"test_model_has_the_layers"}
