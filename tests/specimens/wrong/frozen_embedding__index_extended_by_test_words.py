"""Words that only the test reviews have are added to the word index."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "prepare-test-set": """
def prepare_test_set(folder, word_index, max_words, maxlen):
    texts, labels = read_reviews(folder)
    for text in texts:
        for word in split_words(text):
            word_index.setdefault(word, len(word_index) + 1)
    return encode(texts, word_index, max_words, maxlen), np.array(labels)
""",
}

LOSES = {"test_test_reviews_use_the_training_index"}
