"""The arrays that were passed are shuffled themselves, both with one seed."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "shuffle-and-split": """
def shuffle_and_split(data, labels, n_train, n_val, seed):
    for array in (data, labels):
        np.random.default_rng(seed).shuffle(array)
    end = n_train + n_val
    return data[:n_train], labels[:n_train], data[n_train:end], labels[n_train:end]
""",
}

LOSES = {"test_shuffled_before_the_split"}
