"""The model for comparison gets the GloVe matrix as well."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "build-scratch-model": """
def build_scratch_model(max_words, embedding_dim, maxlen):
    model = build_model(max_words, embedding_dim, maxlen)
    if embedding_layer(model).get_weights()[0].shape == matrix.shape:
        embedding_layer(model).set_weights([matrix])
    return model
""",
}

LOSES = {"test_scratch_model_starts_at_random", "test_notebook_networks_are_what_they_should_be"}
