"""The samples are the beginning of the pool, whatever the seed."""

ASSIGNMENT = "data_size"

CELLS = {
    "nested-samples": """
def nested_samples(pool, sizes, seed):
    return [pool[:size] for size in sizes]
""",
}

LOSES = {
    "test_seed_decides_the_draw",
    "test_samples_come_from_the_whole_pool",
}
