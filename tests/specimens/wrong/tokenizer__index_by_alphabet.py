"""The words are numbered by the alphabet, not by frequency."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "build-word-index": """
def build_word_index(texts):
    words = {word for text in texts for word in split_words(text)}
    return {word: number for number, word in enumerate(sorted(words), start=1)}
""",
}

LOSES = {
    "test_frequent_words_come_first",
    "test_ties_keep_the_order_of_appearance",
    "test_every_occurrence_counts",
}
