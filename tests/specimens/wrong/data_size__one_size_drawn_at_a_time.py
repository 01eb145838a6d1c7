"""A draw for each size, with no other sizes in it."""

ASSIGNMENT = "data_size"

CELLS = {
    "sweep": """
def sweep(draw, judge, sizes, seeds):
    return np.array([[judge(draw([size], seed)[0]) for size in sizes] for seed in seeds])
""",
}

LOSES = {"test_columns_follow_the_sizes"}
