"""Training and validation samples are drawn independently and overlap."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "shuffle-and-split": """
def shuffle_and_split(data, labels, n_train, n_val, seed):
    rng = np.random.default_rng(seed)
    train = rng.choice(len(data), n_train, replace=False)
    val = rng.choice(len(data), n_val, replace=False)
    return data[train], labels[train], data[val], labels[val]
""",
}

LOSES = {"test_parts_have_their_sizes_and_share_nothing"}
