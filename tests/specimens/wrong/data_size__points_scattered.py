"""The means are scattered over their line besides."""

ASSIGNMENT = "data_size"

CELLS = {
    "plot-sweep": """
def plot_sweep(axes, sizes, mean, low, high, color):
    axes.plot(sizes, mean, color=color)
    axes.scatter(sizes, mean, color=color)
    axes.fill_between(sizes, low, high, color=color, alpha=0.2)
    axes.set_xscale("log")
""",
}

LOSES = {"test_range_is_a_pale_band"}
