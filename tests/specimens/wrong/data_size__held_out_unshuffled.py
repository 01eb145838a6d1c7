"""The last reviews are held out, which are all positive."""

ASSIGNMENT = "data_size"

CELLS = {
    "hold-out": """
def hold_out(n_reviews, n_val, seed):
    order = np.arange(n_reviews)
    return order[: n_reviews - n_val], order[n_reviews - n_val :]
""",
}

LOSES = {"test_held_out_reviews_come_from_everywhere", "test_seed_decides_what_is_held_out"}
