"""Unknown words become 0 instead of being left out."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    sequences = []
    for text in texts:
        numbers = [word_index.get(word, 0) for word in split_words(text)]
        sequences.append([number for number in numbers if number < max_words])
    return sequences
""",
}

LOSES = {"test_unknown_words_are_left_out"}
