"""y_test has the shape (reviews, 1)."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "prepare-test-set": """
def prepare_test_set(folder, word_index, max_words, maxlen):
    texts, labels = read_reviews(folder)
    return encode(texts, word_index, max_words, maxlen), np.array(labels).reshape(-1, 1)
""",
}

LOSES = {"test_test_labels_are_in_order"}
