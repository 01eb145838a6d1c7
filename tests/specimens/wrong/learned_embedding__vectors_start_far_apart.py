"""The vectors start from a normal distribution, some farther out than Keras lets them."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "build-model": """
def build_model(max_words, embedding_dim, maxlen):
    return keras.Sequential(
        [
            keras.Input(shape=(maxlen,)),
            keras.layers.Embedding(
                max_words, embedding_dim, embeddings_initializer="random_normal"
            ),
            keras.layers.Flatten(),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
""",
}

LOSES = {"test_model_is_new_and_untrained"}
