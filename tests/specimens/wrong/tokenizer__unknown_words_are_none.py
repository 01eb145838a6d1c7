"""word_index.get gives None for unknown words, and that stays in the sequences."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    sequences = []
    for text in texts:
        numbers = [word_index.get(word) for word in split_words(text)]
        sequences.append([n for n in numbers if n is None or n < max_words])
    return sequences
""",
}

LOSES = {"test_unknown_words_are_left_out"}
