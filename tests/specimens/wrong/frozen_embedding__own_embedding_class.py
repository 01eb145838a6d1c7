"""The Embedding layer is of a class of the learner's own, which the notebook asks not to do."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "build-model": """
class WordVectors(keras.layers.Embedding):
    pass


def build_model(max_words, embedding_dim, maxlen):
    return keras.Sequential(
        [
            keras.Input((maxlen,)),
            WordVectors(max_words, embedding_dim),
            keras.layers.Flatten(),
            keras.layers.Dense(32, activation="relu"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
""",
}

LOSES = {
    "test_model_has_the_layers",
    "test_dense_layers_have_their_units",
    "test_dense_layers_have_their_activations",
    "test_sizes_follow_the_arguments",
    "test_scratch_model_has_the_same_layers",
    "test_scratch_model_is_trainable",
    "test_scratch_model_starts_at_random",
    "test_own_functions_learn_to_judge_reviews",
    "test_notebook_networks_are_what_they_should_be",
}
