"""plt draws on the current axes, not on those that were passed."""

ASSIGNMENT = "data_size"

CELLS = {
    "plot-sweep": """
def plot_sweep(axes, sizes, mean, low, high, color):
    plt.fill_between(sizes, low, high, color=color, alpha=0.2)
    plt.plot(sizes, mean, "o-", color=color)
    plt.xscale("log")
""",
}

LOSES = {"test_means_are_lines_over_a_log_axis", "test_range_is_a_pale_band"}
