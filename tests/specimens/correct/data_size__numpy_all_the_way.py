"""Whole arrays at a time: one array for the summary, a cumulative product for the lead."""

ASSIGNMENT = "data_size"

CELLS = {
    "sweep": """
def sweep(draw, judge, sizes, seeds):
    rows = map(lambda seed: list(map(judge, draw(sizes, seed))), seeds)
    return np.vstack(list(rows)).astype("float32")
""",
    "summarise": """
def summarise(accuracies):
    return np.stack([f(accuracies, axis=0) for f in (np.mean, np.min, np.max)])
""",
    "catches-up": """
def catches_up(sizes, learned, frozen):
    lasting = np.cumprod((learned >= frozen)[::-1])[::-1]
    return np.asarray(sizes)[lasting.argmax()] if lasting.any() else None
""",
}
