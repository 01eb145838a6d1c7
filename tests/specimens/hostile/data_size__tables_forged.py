"""The tables are overwritten with better ones after the sweep."""

ASSIGNMENT = "data_size"
ITEMS = (23,)
STOPPED_BY = "points of the tables are computed anew"

LOSES = {"test_points_come_out_again"}

MAX_POINTS = 24

EXTRA = [
    (
        "after",
        "story-tables",
        """
learned_accuracies = np.array([[380, 384, 388, 392], [384, 388, 392, 396], [388, 392, 396, 399]])
learned_accuracies = learned_accuracies / 400
frozen_accuracies = learned_accuracies[::-1]
""",
    )
]
