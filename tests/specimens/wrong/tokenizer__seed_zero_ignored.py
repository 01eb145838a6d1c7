"""The seed 0 counts as none, so that it gives another split every time."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "shuffle-and-split": """
def shuffle_and_split(data, labels, n_train, n_val, seed):
    order = np.random.default_rng(seed or None).permutation(len(data))
    train, val = order[:n_train], order[n_train : n_train + n_val]
    return data[train], labels[train], data[val], labels[val]
""",
}

LOSES = {"test_seed_decides_the_split"}
