"""Only the training samples are drawn; those to validate on are the first that are left."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "shuffle-and-split": """
def shuffle_and_split(data, labels, n_train, n_val, seed):
    train = np.random.default_rng(seed).choice(len(data), size=n_train, replace=False)
    val = np.delete(np.arange(len(data)), train)[:n_val]
    return data[train], labels[train], data[val], labels[val]
""",
}

LOSES = {"test_shuffled_before_the_split"}
