"""The training is a line and the validation dots."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "plot-curves": """
def plot_curves(history):
    figure, panels = plt.subplots(1, 2)
    for axes, name in zip(panels, ["accuracy", "loss"]):
        epochs = range(1, len(history[name]) + 1)
        axes.plot(epochs, history[name], "b-", label="training")
        axes.plot(epochs, history["val_" + name], "bo", label="validation")
    plt.close(figure)
    return figure
""",
}

LOSES = {"test_training_is_dots_and_validation_a_line"}
