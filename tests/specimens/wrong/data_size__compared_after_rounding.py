"""Accuracies are rounded before they are compared."""

ASSIGNMENT = "data_size"

CELLS = {
    "catches-up": """
def catches_up(sizes, learned, frozen):
    found = None
    for size, one, other in zip(sizes, np.round(learned, 3), np.round(frozen, 3)):
        if one < other:
            found = None
        elif found is None:
            found = size
    return found
""",
}

LOSES = {"test_a_lead_must_last", "test_smallest_size_is_found"}
