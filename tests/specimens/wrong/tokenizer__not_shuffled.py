"""The data are split in file order; nothing is shuffled and the seed plays no part."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "shuffle-and-split": """
def shuffle_and_split(data, labels, n_train, n_val, seed):
    end = n_train + n_val
    return data[:n_train], labels[:n_train], data[n_train:end], labels[n_train:end]
""",
}

LOSES = {"test_shuffled_before_the_split", "test_seed_decides_the_split"}
