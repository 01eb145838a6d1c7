"""Points without a line."""

ASSIGNMENT = "data_size"

CELLS = {
    "plot-sweep": """
def plot_sweep(axes, sizes, mean, low, high, color):
    axes.fill_between(sizes, low, high, color=color, alpha=0.2)
    axes.plot(sizes, mean, "o", color=color)
    axes.set_xscale("log")
""",
}

LOSES = {"test_means_are_lines_over_a_log_axis"}
