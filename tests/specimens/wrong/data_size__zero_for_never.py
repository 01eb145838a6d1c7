"""0 instead of None where the learned vectors never catch up."""

ASSIGNMENT = "data_size"

CELLS = {
    "catches-up": """
def catches_up(sizes, learned, frozen):
    found = 0
    for size, one, other in reversed(list(zip(sizes, learned, frozen, strict=True))):
        if one < other:
            break
        found = size
    return found
""",
}

LOSES = {"test_a_lead_must_last"}
