"""The seed is written into the function."""

ASSIGNMENT = "data_size"

CELLS = {
    "nested-samples": """
def nested_samples(pool, sizes, seed):
    order = np.random.default_rng(42).permutation(pool)
    return [order[:size] for size in sizes]
""",
}

LOSES = {"test_seed_decides_the_draw"}
