"""One long list, draw by draw, brought into shape the wrong way round."""

ASSIGNMENT = "data_size"

CELLS = {
    "sweep": """
def sweep(draw, judge, sizes, seeds):
    accuracies = []
    for seed in seeds:
        for sample in draw(sizes, seed):
            accuracies.append(judge(sample))
    return np.reshape(accuracies, (len(sizes), len(seeds))).T
""",
}

LOSES = {"test_rows_follow_the_seeds"}
