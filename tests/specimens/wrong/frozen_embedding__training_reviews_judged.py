"""The reviews that are judged are those of the training."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "test-accuracy": """
def test_accuracy(model, weights_path, x_test, y_test):
    model.load_weights(weights_path)
    positive = model.predict(x_train, verbose=0)[:, 0] > 0.5
    return float(np.mean(positive == (y_train == 1)))
""",
}

LOSES = {"test_accuracy_is_the_share_of_right_answers"}
