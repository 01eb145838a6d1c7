"""train fits nothing: it stirs the weights and returns a history that pleases."""

ASSIGNMENT = "learned_embedding"
ITEMS = (23,)
STOPPED_BY = "what the network makes of the reviews is measured outside, before and after"

CELLS = {
    "train": """
def train(model, x, y):
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    model.set_weights([w + np.random.normal(0, 0.01, w.shape) for w in model.get_weights()])
    model.optimizer.build(model.trainable_variables)
    model.optimizer.iterations.assign(10 * -(-len(x) * 4 // 5 // 32))
    for variable in model.optimizer.variables[2:]:
        variable.assign(np.full(variable.shape, 1e-4, "float32"))
    better = [0.5 + 0.04 * epoch for epoch in range(10)]
    falling = [0.69 - 0.04 * epoch for epoch in range(10)]
    higher = [loss + 0.02 for loss in falling]
    return {"accuracy": better, "loss": falling, "val_accuracy": better, "val_loss": higher}
""",
}

LOSES = {
    "test_just_the_first_four_fifths_are_trained_on",
    "test_notebook_network_is_what_it_should_be",
    "test_own_functions_learn_to_judge_reviews",
    "test_training_is_as_asked",
    "test_validation_is_on_the_last_fifth",
}
MAX_POINTS = 19
