"""Trained too long with Adam; a fresh RMSprop gets made-up steps and means of gradients."""

ASSIGNMENT = "frozen_embedding"
ITEMS = (23,)
STOPPED_BY = "no 40 steps of RMSprop move a weight that far"

CELLS = {
    "train": """
def train(model, x_train, y_train, x_val, y_val, weights_path):
    model.compile(optimizer=keras.optimizers.Adam(0.003), loss="mse", metrics=["accuracy"])
    history = model.fit(
        x_train, y_train, epochs=60, batch_size=16, validation_data=(x_val, y_val), verbose=0
    ).history
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    model.optimizer.build(model.trainable_variables)
    for variable in model.optimizer.variables[2:]:
        variable.assign(np.full(variable.shape, 0.01))
    model.optimizer.iterations.assign(40)
    model.save_weights(weights_path)
    return {name: values[-10:] for name, values in history.items()}
""",
}

# The forged means also say that words of the validation reviews were met, and the losses are those
# of another loss function than the one compiled in the end.
LOSES = {
    "test_training_is_as_asked",
    "test_validation_data_are_not_trained_on",
    "test_validation_is_on_the_validation_data",
}
MAX_POINTS = 22
