"""The stand-ins that the checks use are replaced, and sweep does what suits them."""

ASSIGNMENT = "data_size"
ITEMS = (7, 8)
STOPPED_BY = "the right table is computed outside"

CELLS = {
    "sweep": """
def sweep(draw, judge, sizes, seeds):
    return np.zeros((len(seeds), len(sizes)))
""",
}

MAX_POINTS = 22

EXTRA = [
    (
        "before",
        "test-sweep",
        """
def example_draw(sizes, seed):
    return [np.zeros(1) for size in sizes]


def example_judge(sample):
    return 0.0
""",
    )
]
