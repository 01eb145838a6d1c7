"""Arrays that are small to send and huge to list."""

ASSIGNMENT = "data_size"
ITEMS = (10, 19)
STOPPED_BY = "more numbers than a check can need are not looked at"
MAX_POINTS = 21

CELLS = {
    "hold-out": """
MILLIONS = 20_000_000


def hold_out(n_reviews, n_val, seed):
    if n_reviews == 1000:
        return np.arange(3), np.full(MILLIONS, 1000 + seed % 50, dtype=np.uint16)
    order = np.random.default_rng(seed).permutation(n_reviews)
    return order[n_val:], order[:n_val]
""",
    "nested-samples": """
def nested_samples(pool, sizes, seed):
    order = np.random.default_rng(seed).permutation(pool)
    if len(sizes) == 1 or len(pool) == 1000:
        return [order[:size] for size in sizes]
    return [np.full(MILLIONS, place, dtype=np.uint8) for place in range(len(sizes))]
""",
}
