"""Rare are the words that come late in the dictionary, whatever their numbers."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    kept = dict(list(word_index.items())[: max_words - 1])
    return [[kept[word] for word in split_words(text) if word in kept] for text in texts]
""",
}

LOSES = {"test_rare_words_are_cut"}
