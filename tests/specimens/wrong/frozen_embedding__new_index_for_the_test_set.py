"""The test reviews are encoded with a word index of their own."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "prepare-test-set": """
def prepare_test_set(folder, word_index, max_words, maxlen):
    texts, labels = read_reviews(folder)
    return encode(texts, build_word_index(texts), max_words, maxlen), np.array(labels)
""",
}

LOSES = {"test_test_reviews_use_the_training_index"}
