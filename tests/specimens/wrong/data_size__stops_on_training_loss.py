"""Training ends when the training loss no longer falls."""

ASSIGNMENT = "data_size"

CELLS = {
    "run": """
def run(model, start_weights, x_train, y_train, x_val, y_val):
    model.set_weights(start_weights)
    for variable in model.optimizer.variables:
        if variable is not model.optimizer.learning_rate:
            variable.assign(keras.ops.zeros_like(variable))
    stop = keras.callbacks.EarlyStopping(monitor="loss", patience=1)
    model.fit(x_train, y_train, epochs=10, batch_size=32, callbacks=[stop], verbose=0)
    return model.evaluate(x_val, y_val, verbose=0)[1]
""",
}

LOSES = {"test_run_trains_as_asked"}
