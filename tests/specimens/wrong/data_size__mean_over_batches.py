"""The mean of the accuracies of batches, however small the last one is."""

ASSIGNMENT = "data_size"

CELLS = {
    "run": """
def run(model, start_weights, x_train, y_train, x_val, y_val):
    model.set_weights(start_weights)
    for variable in model.optimizer.variables:
        if variable is not model.optimizer.learning_rate:
            variable.assign(keras.ops.zeros_like(variable))
    model.fit(x_train, y_train, epochs=10, batch_size=32, verbose=0)
    shares = []
    for start in range(0, len(x_val), 32):
        batch = slice(start, start + 32)
        shares.append(model.evaluate(x_val[batch], y_val[batch], verbose=0)[1])
    return float(np.mean(shares))
""",
}

LOSES = {"test_run_returns_the_validation_accuracy"}
