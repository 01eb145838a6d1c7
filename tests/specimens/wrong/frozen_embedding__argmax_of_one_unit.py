"""argmax over a single output, which is always 0."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "test-accuracy": """
def test_accuracy(model, weights_path, x_test, y_test):
    model.load_weights(weights_path)
    classes = np.argmax(model.predict(x_test, verbose=0), axis=1)
    return float(np.mean(classes == y_test))
""",
}

LOSES = {"test_accuracy_is_the_share_of_right_answers"}
