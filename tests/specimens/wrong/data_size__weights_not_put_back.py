"""The optimizer is reset and the weights are not: each run goes on from the last."""

ASSIGNMENT = "data_size"

CELLS = {
    "run": """
def run(model, start_weights, x_train, y_train, x_val, y_val):
    for variable in model.optimizer.variables:
        if variable is not model.optimizer.learning_rate:
            variable.assign(np.zeros(variable.shape))
    model.fit(x_train, y_train, epochs=10, batch_size=32, verbose=0)
    return model.evaluate(x_val, y_val, verbose=0)[1]
""",
}

LOSES = {
    "test_run_starts_with_the_start_weights",
    "test_points_come_out_again",
    "test_fresh_run_learns_to_judge_reviews",
}
