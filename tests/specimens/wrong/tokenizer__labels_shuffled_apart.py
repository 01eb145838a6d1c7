"""Data and labels are shuffled by two different permutations."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "shuffle-and-split": """
def shuffle_and_split(data, labels, n_train, n_val, seed):
    rng = np.random.default_rng(seed)
    data = rng.permutation(data)
    labels = rng.permutation(labels)
    end = n_train + n_val
    return data[:n_train], labels[:n_train], data[n_train:end], labels[n_train:end]
""",
}

LOSES = {"test_labels_stay_with_their_data"}
