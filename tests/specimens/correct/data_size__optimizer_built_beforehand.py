"""The optimizer is built before it is cleared; its two first variables are left alone."""

ASSIGNMENT = "data_size"

CELLS = {
    "run": """
def run(model, start_weights, x_train, y_train, x_val, y_val):
    model.set_weights(start_weights)
    optimizer = model.optimizer
    if not optimizer.built:
        optimizer.build(model.trainable_variables)
    for variable in optimizer.variables[2:]:
        variable.assign(np.zeros(variable.shape, "float32"))
    optimizer.iterations.assign(0)
    model.fit(x_train, y_train, epochs=10, verbose=0)
    return model.evaluate(x_val, y_val, batch_size=len(x_val), verbose=0)[-1]
""",
}
