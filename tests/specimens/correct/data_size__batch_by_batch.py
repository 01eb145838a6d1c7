"""An own loop over shuffled batches, and an accuracy counted by hand."""

ASSIGNMENT = "data_size"

CELLS = {
    "run": """
def run(model, start_weights, x_train, y_train, x_val, y_val):
    model.set_weights(start_weights)
    for variable in model.optimizer.variables:
        if "learning_rate" not in variable.path:
            variable.assign(keras.ops.zeros_like(variable))
    for _ in range(10):
        order = np.random.permutation(len(x_train))
        for first in range(0, len(order), 32):
            batch = order[first : first + 32]
            model.train_on_batch(x_train[batch], y_train[batch])
    positive = model.predict_on_batch(x_val)[:, 0] > 0.5
    return np.mean(positive == (y_val == 1))
""",
}
