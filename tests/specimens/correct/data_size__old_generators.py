"""NumPy's and Python's older generators, with a seed of their own."""

ASSIGNMENT = "data_size"

CELLS = {
    "hold-out": """
def hold_out(n_reviews, n_val, seed):
    order = np.random.RandomState(seed).permutation(n_reviews)
    return np.split(order, [n_reviews - n_val])
""",
    "nested-samples": """
def nested_samples(pool, sizes, seed):
    import random

    order = list(pool)
    random.Random(seed).shuffle(order)
    return [np.array(order[:size]) for size in sizes]
""",
}
