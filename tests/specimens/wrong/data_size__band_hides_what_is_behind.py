"""The band is opaque."""

ASSIGNMENT = "data_size"

CELLS = {
    "plot-sweep": """
def plot_sweep(axes, sizes, mean, low, high, color):
    axes.fill_between(sizes, low, high, color=color)
    axes.plot(sizes, mean, "o-", color=color)
    axes.set_xscale("log")
""",
}

LOSES = {"test_range_is_a_pale_band"}
