"""The places in the pool are returned, not the reviews that stand there."""

ASSIGNMENT = "data_size"

CELLS = {
    "nested-samples": """
def nested_samples(pool, sizes, seed):
    order = np.random.default_rng(seed).permutation(len(pool))
    return [order[:size] for size in sizes]
""",
}

LOSES = {"test_samples_have_their_sizes"}
