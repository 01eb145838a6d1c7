"""The label of the test reviews is 1 for negative ones."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "prepare-test-set": """
def prepare_test_set(folder, word_index, max_words, maxlen):
    texts, labels = read_reviews(folder)
    return encode(texts, word_index, max_words, maxlen), 1 - np.array(labels)
""",
}

LOSES = {"test_test_labels_are_in_order"}
