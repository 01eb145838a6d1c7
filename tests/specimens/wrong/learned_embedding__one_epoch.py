"""Keras's default number of epochs, which is one."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "train": """
def train(model, x, y):
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    history = model.fit(x, y, batch_size=32, validation_split=0.2, verbose=0)
    return history.history
""",
}

LOSES = {
    "test_notebook_network_is_what_it_should_be",
    "test_own_functions_learn_to_judge_reviews",
    "test_training_is_as_asked",
}
