"""The band is one standard deviation wide on both sides of the mean."""

ASSIGNMENT = "data_size"

CELLS = {
    "summarise": """
def summarise(accuracies):
    mean, spread = accuracies.mean(axis=0), accuracies.std(axis=0)
    return mean, mean - spread, mean + spread
""",
}

LOSES = {"test_lowest_and_highest_follow"}
