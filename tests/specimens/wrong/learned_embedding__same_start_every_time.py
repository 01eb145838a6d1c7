"""A fixed seed in build_model: every call gives the same weights."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "build-model": """
def build_model(max_words, embedding_dim, maxlen):
    keras.utils.set_random_seed(1)
    model = keras.Sequential(
        [
            keras.Input(shape=(maxlen,)),
            keras.layers.Embedding(max_words, embedding_dim),
            keras.layers.Flatten(),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    return model
""",
}

LOSES = {"test_model_is_new_and_untrained"}
