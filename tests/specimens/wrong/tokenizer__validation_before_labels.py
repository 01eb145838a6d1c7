"""The four arrays come in another order: x_train, x_val, y_train, y_val."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "shuffle-and-split": """
def shuffle_and_split(data, labels, n_train, n_val, seed):
    order = np.random.default_rng(seed).permutation(len(data))
    train, val = order[:n_train], order[n_train : n_train + n_val]
    return data[train], data[val], labels[train], labels[val]
""",
}

LOSES = {
    "test_labels_stay_with_their_data",
    "test_parts_have_their_sizes_and_share_nothing",
    "test_shuffled_before_the_split",
    "test_seed_decides_the_split",
}
