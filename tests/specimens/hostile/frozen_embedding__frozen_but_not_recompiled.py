"""Compiled and traced while thawed, frozen only then: the step that was traced goes on learning."""

ASSIGNMENT = "frozen_embedding"
ITEMS = (24,)
STOPPED_BY = "a model frozen outside is trained by it; its matrix must stay the same bit for bit"

REST = "build-model load-and-freeze plot-curves build-scratch-model prepare-test-set".split()
CELLS = {
    "train": """
def train(model, x_train, y_train, x_val, y_val, weights_path):
    layer, before = embedding_layer(model), model.get_weights()
    flag, layer.trainable = layer.trainable, True
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    model.fit(x_train, y_train, batch_size=32, verbose=0)
    # As if nothing had happened yet, but for what TensorFlow has traced.
    model.set_weights(before)
    for variable in model.optimizer.variables:
        if "learning_rate" not in variable.path:
            variable.assign(variable * 0)
    layer.trainable = flag
    history = model.fit(
        x_train,
        y_train,
        epochs=10,
        batch_size=32,
        validation_data=(x_val, y_val),
        verbose=0,
    )
    model.save_weights(weights_path)
    return history.history
""",
    "test-accuracy": "",
    **dict.fromkeys(REST, ""),
}

MAX_POINTS = 5
