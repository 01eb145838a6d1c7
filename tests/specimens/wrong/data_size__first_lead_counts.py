"""The first size at which the learned vectors are ahead, even if they fall behind again."""

ASSIGNMENT = "data_size"

CELLS = {
    "catches-up": """
def catches_up(sizes, learned, frozen):
    for size, one, other in zip(sizes, learned, frozen, strict=True):
        if one >= other:
            return size
    return None
""",
}

LOSES = {"test_a_lead_must_last"}
