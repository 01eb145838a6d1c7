"""The words are numbered as they come, without counting them."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "build-word-index": """
def build_word_index(texts):
    word_index = {}
    for text in texts:
        for word in split_words(text):
            if word not in word_index:
                word_index[word] = len(word_index) + 1
    return word_index
""",
}

LOSES = {"test_frequent_words_come_first", "test_every_occurrence_counts"}
