"""test_accuracy neither loads nor predicts: the checks' labels are said to take turns."""

ASSIGNMENT = "frozen_embedding"
ITEMS = (8, 23)
STOPPED_BY = "labels and right answers are drawn anew for each grading, by its own seed"

CELLS = {
    "test-accuracy": """
def test_accuracy(model, weights_path, x_test, y_test):
    return float(np.mean(y_test == (np.arange(len(y_test)) % 2 == 0)))
""",
}

LOSES = {"test_saved_weights_are_loaded", "test_accuracy_is_the_share_of_right_answers"}
MAX_POINTS = 23
