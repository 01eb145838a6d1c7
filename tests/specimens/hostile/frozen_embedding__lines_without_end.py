"""Lines whose values are arrays of no bytes and a million rows."""

ASSIGNMENT = "frozen_embedding"
ITEMS = (5, 10)
STOPPED_BY = "the checks look at an array's shape before they list its values"

CELLS = {
    "plot-curves": """
class Line:
    def get_xdata(self):
        return np.empty((1_000_000, 0))

    get_ydata = get_xdata

    def get_marker(self):
        return "o"

    def get_linestyle(self):
        return "None"


class Panel:
    def get_lines(self):
        return [Line(), Line()]


class Sheet:
    axes = [Panel(), Panel()]


def plot_curves(history):
    return Sheet()
""",
}

LOSES = {"test_curves_show_the_history", "test_training_is_dots_and_validation_a_line"}
MAX_POINTS = 23
