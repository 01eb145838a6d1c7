"""A review can be in a sample twice."""

ASSIGNMENT = "data_size"

CELLS = {
    "nested-samples": """
def nested_samples(pool, sizes, seed):
    order = np.random.default_rng(seed).choice(pool, max(sizes))
    return [order[:size] for size in sizes]
""",
}

LOSES = {"test_samples_have_their_sizes"}
