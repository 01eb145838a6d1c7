"""Each sample holds the smaller one, but sorted, so not as its beginning."""

ASSIGNMENT = "data_size"

CELLS = {
    "nested-samples": """
def nested_samples(pool, sizes, seed):
    order = np.random.default_rng(seed).permutation(pool)
    return [np.sort(order[:size]) for size in sizes]
""",
}

LOSES = {"test_samples_are_nested"}
