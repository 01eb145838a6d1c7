"""Each size is a draw of its own."""

ASSIGNMENT = "data_size"

CELLS = {
    "nested-samples": """
def nested_samples(pool, sizes, seed):
    random = np.random.default_rng(seed)
    return [random.choice(pool, size, replace=False) for size in sizes]
""",
}

LOSES = {"test_samples_are_nested"}
