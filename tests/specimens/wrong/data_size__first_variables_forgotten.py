"""Of the optimizer's variables the first five are cleared, as many as the example has."""

ASSIGNMENT = "data_size"

CELLS = {
    "run": """
def run(model, start_weights, x_train, y_train, x_val, y_val):
    model.set_weights(start_weights)
    for place, variable in enumerate(model.optimizer.variables[:5]):
        if place != 1:  # the learning rate
            variable.assign(keras.ops.zeros_like(variable))
    model.fit(x_train, y_train, epochs=10, batch_size=32, verbose=0)
    return model.evaluate(x_val, y_val, verbose=0)[1]
""",
}

LOSES = {"test_optimizer_forgets_the_run_before"}
