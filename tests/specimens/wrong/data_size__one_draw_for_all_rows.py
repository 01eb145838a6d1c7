"""The samples are drawn once, before the loop over the seeds."""

ASSIGNMENT = "data_size"

CELLS = {
    "sweep": """
def sweep(draw, judge, sizes, seeds):
    samples = draw(sizes, seeds[0])
    return np.array([[judge(sample) for sample in samples] for seed in seeds])
""",
}

LOSES = {"test_rows_follow_the_seeds"}
