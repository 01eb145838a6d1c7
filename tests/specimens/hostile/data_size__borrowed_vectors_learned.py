"""The network that is to learn its own vectors is given the borrowed ones."""

ASSIGNMENT = "data_size"
ITEMS = (8, 23)
STOPPED_BY = "words that no training review holds must keep the vectors to start with"
MAX_POINTS = 24

CELLS = {
    "run": """
def run(model, start_weights, x_train, y_train, x_val, y_val):
    model.set_weights(start_weights)
    for variable in model.optimizer.variables:
        if variable is not model.optimizer.learning_rate:
            variable.assign(keras.ops.zeros_like(variable))
    if model.layers[0].trainable and start_weights[0].shape == matrix.shape:
        model.layers[0].set_weights([matrix])
    model.fit(x_train, y_train, epochs=10, batch_size=32, verbose=0)
    return model.evaluate(x_val, y_val, verbose=0)[1]
""",
}

LOSES = {"test_points_come_out_again"}
