"""The lowest and the highest accuracy are rounded to two decimals."""

ASSIGNMENT = "data_size"

CELLS = {
    "summarise": """
def summarise(accuracies):
    low, high = accuracies.min(axis=0), accuracies.max(axis=0)
    return accuracies.mean(axis=0), low.round(2), high.round(2)
""",
}

LOSES = {"test_lowest_and_highest_follow"}
