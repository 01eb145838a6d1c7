"""The permutation comes from NumPy's global generator; the seed is not used."""

ASSIGNMENT = "data_size"

CELLS = {
    "hold-out": """
def hold_out(n_reviews, n_val, seed):
    order = np.random.permutation(n_reviews)
    return order[n_val:], order[:n_val]
""",
}

LOSES = {"test_seed_decides_what_is_held_out"}
