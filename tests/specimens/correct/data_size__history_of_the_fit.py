"""Validation data in the fit; the last accuracy of the history is returned."""

ASSIGNMENT = "data_size"

CELLS = {
    "run": """
def run(model, start_weights, x_train, y_train, x_val, y_val):
    for weight, start in zip(model.weights, start_weights, strict=True):
        weight.assign(start)
    rate = float(model.optimizer.learning_rate)
    for variable in model.optimizer.variables:
        variable.assign(0 * variable.value)
    model.optimizer.learning_rate = rate
    history = model.fit(
        x_train,
        y_train,
        epochs=10,
        batch_size=32,
        validation_data=(x_val, y_val),
        validation_freq=10,
        verbose=0,
    )
    return history.history["val_accuracy"][-1]
""",
}
