"""All layers compute in float64."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "build-model": """
def build_model(max_words, embedding_dim, maxlen):
    return keras.Sequential(
        [
            keras.Input(shape=(maxlen,)),
            keras.layers.Embedding(max_words, embedding_dim, dtype="float64"),
            keras.layers.Flatten(),
            keras.layers.Dense(1, activation="sigmoid", dtype="float64"),
        ]
    )
""",
}

LOSES = {"test_model_has_the_layers"}
