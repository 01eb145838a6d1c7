"""Samples are drawn with replacement: some come twice, others never."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "shuffle-and-split": """
def shuffle_and_split(data, labels, n_train, n_val, seed):
    order = np.random.default_rng(seed).integers(0, len(data), len(data))
    train, val = order[:n_train], order[n_train : n_train + n_val]
    return data[train], labels[train], data[val], labels[val]
""",
}

LOSES = {"test_parts_have_their_sizes_and_share_nothing"}
