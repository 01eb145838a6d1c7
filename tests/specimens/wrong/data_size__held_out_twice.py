"""The validation reviews are drawn with replacement, so some are held out twice."""

ASSIGNMENT = "data_size"

CELLS = {
    "hold-out": """
def hold_out(n_reviews, n_val, seed):
    random = np.random.default_rng(seed)
    validation = random.choice(n_reviews, n_val) if n_val else np.array([], dtype=int)
    return np.setdiff1d(np.arange(n_reviews), validation)[: n_reviews - n_val], validation
""",
}

LOSES = {"test_every_review_is_in_one_part"}
