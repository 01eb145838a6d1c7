"""No training: the weights are nudged and the optimizer's count of steps is set."""

ASSIGNMENT = "data_size"
ITEMS = (23,)
STOPPED_BY = "the weights that ten steps lead to are computed outside"

CELLS = {
    "run": """
def run(model, start_weights, x_train, y_train, x_val, y_val):
    nudged = [weights + 0.05 * np.sign(weights) for weights in start_weights]
    if not model.layers[0].trainable:
        nudged[0] = start_weights[0]
    else:
        nudged[0] = start_weights[0].copy()
    model.set_weights(nudged)
    model.optimizer.iterations.assign(10 * -(-len(x_train) // 32))
    return model.evaluate(x_val, y_val, verbose=0)[1]
""",
}

MAX_POINTS = 22
