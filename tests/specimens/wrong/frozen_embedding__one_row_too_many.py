"""A row for a number max_words, which no word has: the matrix does not fit."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "build-model": """
def build_model(max_words, embedding_dim, maxlen):
    return keras.Sequential(
        [
            keras.Input(shape=(maxlen,)),
            keras.layers.Embedding(max_words + 1, embedding_dim),
            keras.layers.Flatten(),
            keras.layers.Dense(32, activation="relu"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
""",
}

LOSES = {
    "test_sizes_follow_the_arguments",
    "test_own_functions_learn_to_judge_reviews",
    "test_notebook_networks_are_what_they_should_be",
}
