"""The loss is called bce."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "train": """
def train(model, x_train, y_train, x_val, y_val, path):
    model.compile("rmsprop", "bce", metrics=["accuracy"])
    fitted = model.fit(
        x_train, y_train, 32, 10, 0, validation_data=(x_val, y_val)
    )
    model.save_weights(path)
    return fitted.history
""",
}
