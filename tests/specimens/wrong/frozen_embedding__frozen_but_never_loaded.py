"""The flag is set, but the matrix never gets into the layer."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "load-and-freeze": """
def load_and_freeze(model, matrix):
    embedding_layer(model).trainable = False
    return model
""",
}

LOSES = {
    "test_matrix_is_loaded",
    "test_own_functions_learn_to_judge_reviews",
    "test_notebook_networks_are_what_they_should_be",
}
