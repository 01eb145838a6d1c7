"""The seed goes to NumPy's global generator, but a new and unseeded one draws the permutation."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "shuffle-and-split": """
def shuffle_and_split(data, labels, n_train, n_val, seed):
    np.random.seed(seed)
    order = np.random.default_rng().permutation(len(data))
    train, val = order[:n_train], order[n_train : n_train + n_val]
    return data[train], labels[train], data[val], labels[val]
""",
}

LOSES = {"test_seed_decides_the_split"}
