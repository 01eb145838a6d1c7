"""Every column is the accuracy for the largest sample."""

ASSIGNMENT = "data_size"

CELLS = {
    "sweep": """
def sweep(draw, judge, sizes, seeds):
    table = np.zeros((len(seeds), len(sizes)))
    for i, seed in enumerate(seeds):
        table[i] = judge(draw(sizes, seed)[-1])
    return table
""",
}

LOSES = {"test_columns_follow_the_sizes", "test_points_come_out_again"}
