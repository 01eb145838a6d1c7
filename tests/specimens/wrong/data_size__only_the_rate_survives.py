"""A new RMSprop for each run, which takes over the learning rate and no other setting."""

ASSIGNMENT = "data_size"

CELLS = {
    "run": '''
def run(model, start_weights, x_train, y_train, x_val, y_val):
    """Train the compiled model afresh, return its accuracy (0 to 1) on the validation reviews."""
    model.set_weights(start_weights)
    rate = float(model.optimizer.learning_rate)
    model.optimizer = keras.optimizers.RMSprop(learning_rate=rate)  # a new one has no memory
    model.train_function = None  # or Keras goes on with the old one
    model.fit(x_train, y_train, epochs=10, batch_size=32, verbose=0)
    return model.evaluate(x_val, y_val, verbose=0)[1]
''',
}

LOSES = {"test_settings_stay"}
