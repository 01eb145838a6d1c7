"""Two things differ at once: no GloVe, and only 8 numbers a word."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "build-scratch-model": """
def build_scratch_model(max_words, embedding_dim, maxlen):
    return build_model(max_words, 8, maxlen)
""",
}

LOSES = {"test_scratch_model_has_the_same_layers", "test_notebook_networks_are_what_they_should_be"}
