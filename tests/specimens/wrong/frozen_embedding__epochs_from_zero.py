"""The epochs are counted from 0, as plot does when it gets no x values."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "plot-curves": """
def plot_curves(history):
    figure, panels = plt.subplots(1, 2)
    for axes, name in zip(panels, ["accuracy", "loss"]):
        axes.plot(history[name], "o", label="training")
        axes.plot(history["val_" + name], label="validation")
    plt.close(figure)
    return figure
""",
}

LOSES = {"test_curves_show_the_history"}
