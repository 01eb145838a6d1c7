"""Everything behind the training part becomes validation data."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "shuffle-and-split": """
def shuffle_and_split(data, labels, n_train, n_val, seed):
    order = np.random.default_rng(seed).permutation(len(data))
    data, labels = data[order], labels[order]
    return data[:n_train], labels[:n_train], data[n_train:], labels[n_train:]
""",
}

LOSES = {"test_parts_have_their_sizes_and_share_nothing"}
