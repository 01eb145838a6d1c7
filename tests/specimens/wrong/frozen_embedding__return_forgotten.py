"""All is done, but the model is not returned."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "load-and-freeze": """
def load_and_freeze(model, matrix):
    embedding_layer(model).set_weights([matrix])
    embedding_layer(model).trainable = False
""",
}

LOSES = {
    "test_matrix_is_loaded",
    "test_embedding_is_frozen",
    "test_other_layers_stay_trainable",
    "test_matrix_survives_a_fit",
    "test_own_functions_learn_to_judge_reviews",
    "test_notebook_networks_are_what_they_should_be",
}
