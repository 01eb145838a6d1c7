"""The seed is not used: every call splits in another way."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "shuffle-and-split": """
def shuffle_and_split(data, labels, n_train, n_val, seed):
    order = np.random.permutation(len(data))
    train, val = order[:n_train], order[n_train : n_train + n_val]
    return data[train], labels[train], data[val], labels[val]
""",
}

LOSES = {"test_seed_decides_the_split"}
