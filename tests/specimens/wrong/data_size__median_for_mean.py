"""The median instead of the mean."""

ASSIGNMENT = "data_size"

CELLS = {
    "summarise": """
def summarise(accuracies):
    return np.median(accuracies, axis=0), accuracies.min(axis=0), accuracies.max(axis=0)
""",
}

LOSES = {"test_means_are_over_the_draws"}
