"""The reviews are shuffled in place, their labels are not."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "train": """
def train(model, x, y):
    np.random.shuffle(x)
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    history = model.fit(x, y, epochs=10, batch_size=32, validation_split=0.2, verbose=0)
    return history.history
""",
}

LOSES = {
    "test_just_the_first_four_fifths_are_trained_on",
    "test_notebook_network_is_what_it_should_be",
    "test_own_functions_learn_to_judge_reviews",
    "test_validation_is_on_the_last_fifth",
}
