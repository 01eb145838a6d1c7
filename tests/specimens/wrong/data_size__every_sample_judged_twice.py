"""Each sample is judged twice; the second time counts."""

ASSIGNMENT = "data_size"

CELLS = {
    "sweep": """
def sweep(draw, judge, sizes, seeds):
    table = np.zeros((len(seeds), len(sizes)))
    for i, seed in enumerate(seeds):
        for j, sample in enumerate(draw(sizes, seed)):
            judge(sample)
            table[i, j] = judge(sample)
    return table
""",
}

LOSES = {"test_columns_follow_the_sizes"}
