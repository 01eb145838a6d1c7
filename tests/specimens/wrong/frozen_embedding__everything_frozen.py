"""The whole model is frozen, the Dense layers too."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "load-and-freeze": """
def load_and_freeze(model, matrix):
    embedding_layer(model).set_weights([matrix])
    model.trainable = False
    return model
""",
}

LOSES = {
    "test_other_layers_stay_trainable",
    "test_own_functions_learn_to_judge_reviews",
    "test_notebook_networks_are_what_they_should_be",
}
