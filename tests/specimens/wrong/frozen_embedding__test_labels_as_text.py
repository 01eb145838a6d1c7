"""y_test holds the labels as text."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "prepare-test-set": """
def prepare_test_set(folder, word_index, max_words, maxlen):
    texts, labels = read_reviews(folder)
    return encode(texts, word_index, max_words, maxlen), np.array([str(label) for label in labels])
""",
}

LOSES = {"test_test_labels_are_in_order"}
