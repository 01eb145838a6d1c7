"""The random embedding of the model for comparison is frozen."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "build-scratch-model": """
def build_scratch_model(max_words, embedding_dim, maxlen):
    model = build_model(max_words, embedding_dim, maxlen)
    embedding_layer(model).trainable = False
    return model
""",
}

LOSES = {"test_scratch_model_is_trainable", "test_notebook_networks_are_what_they_should_be"}
