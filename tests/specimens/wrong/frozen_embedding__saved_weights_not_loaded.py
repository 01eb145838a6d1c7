"""The model is evaluated as it is; the file is not read."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "test-accuracy": """
def test_accuracy(model, weights_path, x_test, y_test):
    positive = model.predict(x_test, verbose=0)[:, 0] > 0.5
    return float(np.mean(positive == (y_test == 1)))
""",
}

LOSES = {"test_saved_weights_are_loaded"}
