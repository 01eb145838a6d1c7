"""Outputs above their own average count as positive."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "test-accuracy": """
def test_accuracy(model, weights_path, x_test, y_test):
    model.load_weights(weights_path)
    outputs = model.predict(x_test, verbose=0)[:, 0]
    return float(np.mean((outputs > outputs.mean()) == (y_test == 1)))
""",
}

LOSES = {"test_accuracy_is_the_share_of_right_answers"}
