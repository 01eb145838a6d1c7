"""What was run once is looked up the next time, and not trained."""

ASSIGNMENT = "data_size"

CELLS = {
    "run": """
known = {}


def run(model, start_weights, x_train, y_train, x_val, y_val):
    key = id(model), x_train.tobytes(), y_train.tobytes()
    if key not in known:
        known[key] = train_and_judge(model, start_weights, x_train, y_train, x_val, y_val)
    return known[key]


def train_and_judge(model, start_weights, x_train, y_train, x_val, y_val):
    model.set_weights(start_weights)
    for variable in model.optimizer.variables:
        if variable is not model.optimizer.learning_rate:
            variable.assign(keras.ops.zeros_like(variable))
    model.fit(x_train, y_train, epochs=10, batch_size=32, verbose=0)
    return model.evaluate(x_val, y_val, verbose=0)[1]
""",
}

LOSES = {"test_optimizer_forgets_the_run_before", "test_points_come_out_again"}
