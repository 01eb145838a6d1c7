"""order[:-n_val] is empty where n_val is 0."""

ASSIGNMENT = "data_size"

CELLS = {
    "hold-out": """
def hold_out(n_reviews, n_val, seed):
    order = np.random.default_rng(seed).permutation(n_reviews)
    return order[:-n_val], order[-n_val:]
""",
}

LOSES = {"test_every_review_is_in_one_part"}
