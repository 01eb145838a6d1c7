"""The model is compiled where it is built."""

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
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    return model
""",
}

LOSES = {"test_model_is_new_and_untrained"}
