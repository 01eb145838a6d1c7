"""shuffle changes the pool that was passed."""

ASSIGNMENT = "data_size"

CELLS = {
    "nested-samples": """
def nested_samples(pool, sizes, seed):
    np.random.default_rng(seed).shuffle(pool)
    return [pool[:size].copy() for size in sizes]
""",
}

LOSES = {"test_samples_come_from_the_whole_pool"}
