"""Each word is mapped to its count, not to its rank."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "build-word-index": """
def build_word_index(texts):
    counts = Counter(word for text in texts for word in split_words(text))
    return dict(counts.most_common())
""",
}

LOSES = {
    "test_frequent_words_come_first",
    "test_numbers_run_from_one",
    "test_ties_keep_the_order_of_appearance",
    "test_every_occurrence_counts",
}
