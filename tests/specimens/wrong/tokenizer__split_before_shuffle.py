"""The training part is cut off first and shuffled only then."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "shuffle-and-split": """
def shuffle_and_split(data, labels, n_train, n_val, seed):
    rng = np.random.default_rng(seed)
    train = rng.permutation(n_train)
    val = n_train + rng.permutation(n_val)
    return data[train], labels[train], data[val], labels[val]
""",
}

LOSES = {"test_shuffled_before_the_split"}
