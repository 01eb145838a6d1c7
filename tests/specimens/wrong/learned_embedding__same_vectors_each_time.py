"""The Embedding layer's first vectors are the same at every call."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "build-model": """
def build_model(max_words, embedding_dim, maxlen):
    same = keras.initializers.RandomUniform(-0.05, 0.05, seed=42)
    return keras.Sequential(
        [
            keras.Input(shape=(maxlen,)),
            keras.layers.Embedding(max_words, embedding_dim, embeddings_initializer=same),
            keras.layers.Flatten(),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
""",
}

LOSES = {"test_model_is_new_and_untrained"}
