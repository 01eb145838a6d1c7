"""Only the first n_train + n_val samples are shuffled; the last ones are never drawn."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "shuffle-and-split": """
def shuffle_and_split(data, labels, n_train, n_val, seed):
    order = np.random.default_rng(seed).permutation(n_train + n_val)
    train, val = order[:n_train], order[n_train:]
    return data[train], labels[train], data[val], labels[val]
""",
}

LOSES = {"test_shuffled_before_the_split"}
