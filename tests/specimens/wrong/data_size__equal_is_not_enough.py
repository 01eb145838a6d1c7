"""Only a strict lead counts."""

ASSIGNMENT = "data_size"

CELLS = {
    "catches-up": """
def catches_up(sizes, learned, frozen):
    found = None
    for size, one, other in reversed(list(zip(sizes, learned, frozen, strict=True))):
        if one <= other:
            break
        found = size
    return found
""",
}

LOSES = {"test_smallest_size_is_found"}
