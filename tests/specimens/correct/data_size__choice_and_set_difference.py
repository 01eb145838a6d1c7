"""The held-out reviews are chosen, and the pool is the rest in its old order."""

ASSIGNMENT = "data_size"

CELLS = {
    "hold-out": """
def hold_out(n_reviews, n_val, seed):
    reviews = np.arange(n_reviews)
    validation = np.random.default_rng(seed).choice(reviews, size=n_val, replace=False)
    return np.setdiff1d(reviews, validation), np.sort(validation)
""",
    "nested-samples": """
def nested_samples(pool, sizes, seed):
    largest = np.random.default_rng(seed).choice(pool, size=sizes[-1], replace=False)
    return tuple(largest[:size] for size in sizes)
""",
}
