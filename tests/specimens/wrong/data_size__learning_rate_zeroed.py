"""All variables of the optimizer are set to zero, the learning rate among them."""

ASSIGNMENT = "data_size"

CELLS = {
    "run": """
def run(model, start_weights, x_train, y_train, x_val, y_val):
    model.set_weights(start_weights)
    for variable in model.optimizer.variables:
        variable.assign(np.zeros(variable.shape))
    model.fit(x_train, y_train, epochs=10, batch_size=32, verbose=0)
    return model.evaluate(x_val, y_val, verbose=0)[1]
""",
}

LOSES = {
    "test_settings_stay",
    "test_tables_are_made_of_several_draws",
    "test_fresh_run_learns_to_judge_reviews",
}
