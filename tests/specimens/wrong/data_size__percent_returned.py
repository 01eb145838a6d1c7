"""The accuracy is in per cent."""

ASSIGNMENT = "data_size"

CELLS = {
    "run": """
def run(model, start_weights, x_train, y_train, x_val, y_val):
    model.set_weights(start_weights)
    for variable in model.optimizer.variables:
        if variable is not model.optimizer.learning_rate:
            variable.assign(np.zeros(variable.shape))
    model.fit(x_train, y_train, epochs=10, batch_size=32, verbose=0)
    return 100 * model.evaluate(x_val, y_val, verbose=0)[1]
""",
}

LOSES = {"test_run_returns_the_validation_accuracy"}
