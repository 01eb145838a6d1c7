"""The line of a coin that is tossed, drawn on both axes beside the two that are asked for."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "plot-curves": """
def plot_curves(history):
    figure, panels = plt.subplots(1, 2)
    for axes, name in zip(panels, ["accuracy", "loss"]):
        epochs = range(1, len(history[name]) + 1)
        axes.plot(epochs, history[name], "o", label="training")
        axes.plot(epochs, history["val_" + name], "-", label="validation")
        axes.plot(epochs, [0.5] * len(epochs), ":", label="a coin")
    plt.close(figure)
    return figure
""",
}

LOSES = {"test_curves_show_the_history"}
