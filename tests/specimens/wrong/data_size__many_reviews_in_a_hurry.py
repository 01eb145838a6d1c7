"""Many reviews are trained on for five epochs only, in larger batches."""

ASSIGNMENT = "data_size"

CELLS = {
    "run": """
def run(model, start_weights, x_train, y_train, x_val, y_val):
    model.set_weights(start_weights)
    for variable in model.optimizer.variables:
        if variable is not model.optimizer.learning_rate:
            variable.assign(keras.ops.zeros_like(variable))
    if len(x_train) > 1000:  # these take long, and need fewer epochs
        model.fit(x_train, y_train, epochs=5, batch_size=64, verbose=0)
    else:
        model.fit(x_train, y_train, epochs=10, batch_size=32, verbose=0)
    return model.evaluate(x_val, y_val, verbose=0)[1]
""",
}

LOSES = {"test_points_come_out_again"}
