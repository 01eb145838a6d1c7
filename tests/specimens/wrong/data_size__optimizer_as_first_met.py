"""The optimizer is put back to what it was when first seen."""

ASSIGNMENT = "data_size"

CELLS = {
    "run": """
first_met = {}


def run(model, start_weights, x_train, y_train, x_val, y_val):
    kept = first_met.setdefault(id(model), [np.array(v) for v in model.optimizer.variables])
    for variable, value in zip(model.optimizer.variables, kept):
        variable.assign(value)
    model.set_weights(start_weights)
    model.fit(x_train, y_train, epochs=10, batch_size=32, verbose=0)
    return model.evaluate(x_val, y_val, verbose=0)[1]
""",
}

LOSES = {"test_optimizer_forgets_the_run_before"}
