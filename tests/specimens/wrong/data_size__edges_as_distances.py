"""The edges of the band are taken for distances from the mean, as in errorbar."""

ASSIGNMENT = "data_size"

CELLS = {
    "plot-sweep": """
def plot_sweep(axes, sizes, mean, low, high, color):
    mean, low, high = map(np.array, (mean, low, high))
    axes.fill_between(sizes, mean - low, mean + high, color=color, alpha=0.2)
    axes.plot(sizes, mean, "o-", color=color)
    axes.set_xscale("log")
""",
}

LOSES = {"test_range_is_a_pale_band"}
