"""The last layer is frozen instead of the first."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "load-and-freeze": """
def load_and_freeze(model, matrix):
    model.layers[0].set_weights([matrix])
    model.layers[-1].trainable = False
    return model
""",
}

LOSES = {
    "test_embedding_is_frozen",
    "test_other_layers_stay_trainable",
    "test_matrix_survives_a_fit",
    "test_notebook_networks_are_what_they_should_be",
}
