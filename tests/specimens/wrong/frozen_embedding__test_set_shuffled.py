"""The test reviews are shuffled, together with their labels."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "prepare-test-set": """
def prepare_test_set(folder, word_index, max_words, maxlen):
    texts, labels = read_reviews(folder)
    order = np.random.default_rng(0).permutation(len(texts))
    return encode(texts, word_index, max_words, maxlen)[order], np.array(labels)[order]
""",
}

LOSES = {"test_test_reviews_use_the_training_index", "test_test_labels_are_in_order"}
