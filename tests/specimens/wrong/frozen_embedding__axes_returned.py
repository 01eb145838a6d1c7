"""plot_curves returns the axes, not the figure."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "plot-curves": """
def plot_curves(history):
    figure, panels = plt.subplots(1, 2)
    for axes, name in zip(panels, ["accuracy", "loss"]):
        epochs = range(1, len(history[name]) + 1)
        axes.plot(epochs, history[name], "o")
        axes.plot(epochs, history["val_" + name], "-")
    plt.close(figure)
    return panels
""",
}

LOSES = {
    "test_curves_show_the_history",
    "test_training_is_dots_and_validation_a_line",
}
