"""The accuracy is averaged over batches of 32, though the last one is smaller."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "test-accuracy": '''
def test_accuracy(model, weights_path, x_test, y_test):
    """Load the weights from weights_path and return the accuracy (0 to 1) on the test set."""
    model.load_weights(weights_path)
    shares = []
    for start in range(0, len(x_test), 32):
        x, y = x_test[start : start + 32], y_test[start : start + 32]
        positive = model.predict_on_batch(x)[:, 0] > 0.5
        shares.append(np.mean(positive == y))
    return float(np.mean(shares))
''',
}

LOSES = {"test_accuracy_is_the_share_of_right_answers"}
