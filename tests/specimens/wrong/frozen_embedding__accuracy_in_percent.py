"""The accuracy is given in per cent."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "test-accuracy": """
def test_accuracy(model, weights_path, x_test, y_test):
    model.load_weights(weights_path)
    positive = model.predict(x_test, verbose=0)[:, 0] > 0.5
    return 100 * float(np.mean(positive == (y_test == 1)))
""",
}

LOSES = {"test_accuracy_is_the_share_of_right_answers"}
