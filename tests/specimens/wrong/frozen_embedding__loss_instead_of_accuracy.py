"""evaluate returns loss and accuracy; the first of the two is returned."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "test-accuracy": """
def test_accuracy(model, weights_path, x_test, y_test):
    model.load_weights(weights_path)
    model.compile(loss="binary_crossentropy", metrics=["accuracy"])
    return model.evaluate(x_test, y_test, verbose=0)[0]
""",
}

LOSES = {"test_accuracy_is_the_share_of_right_answers"}
