"""max_words is not used at all."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    return [[word_index[w] for w in split_words(text) if w in word_index] for text in texts]
""",
}

LOSES = {"test_rare_words_are_cut"}
