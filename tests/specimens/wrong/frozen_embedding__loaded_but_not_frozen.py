"""The matrix is loaded, but the layer stays trainable."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "load-and-freeze": """
def load_and_freeze(model, matrix):
    embedding_layer(model).set_weights([matrix])
    return model
""",
}

LOSES = {
    "test_embedding_is_frozen",
    "test_matrix_survives_a_fit",
    "test_notebook_networks_are_what_they_should_be",
}
