"""axis=1: a number for each draw, not for each size."""

ASSIGNMENT = "data_size"

CELLS = {
    "summarise": """
def summarise(accuracies):
    return accuracies.mean(axis=1), accuracies.min(axis=1), accuracies.max(axis=1)
""",
}

LOSES = {"test_means_are_over_the_draws", "test_lowest_and_highest_follow"}
