"""The model is evaluated first; the weights are loaded after that."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "test-accuracy": """
def test_accuracy(model, weights_path, x_test, y_test):
    model.compile(loss="binary_crossentropy", metrics=["accuracy"])
    _, accuracy = model.evaluate(x_test, y_test, verbose=0)
    model.load_weights(weights_path)
    return accuracy
""",
}

LOSES = {"test_saved_weights_are_loaded"}
