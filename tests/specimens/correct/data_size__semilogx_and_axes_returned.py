"""semilogx draws line and axis at once; the band has a face colour of its own."""

ASSIGNMENT = "data_size"

CELLS = {
    "plot-sweep": """
def plot_sweep(axes, sizes, mean, low, high, color):
    (line,) = axes.semilogx(sizes, mean, marker="s", c=color, lw=2)
    axes.fill_between(sizes, y1=high, y2=low, facecolor=color, alpha=0.5, zorder=0)
    axes.grid(True, axis="y")
    return axes, line
""",
}
