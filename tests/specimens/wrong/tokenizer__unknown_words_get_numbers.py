"""Words that are not in the word index are added to it on the way."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    sequences = []
    for text in texts:
        numbers = [word_index.setdefault(w, len(word_index) + 1) for w in split_words(text)]
        sequences.append([number for number in numbers if number < max_words])
    return sequences
""",
}

LOSES = {"test_unknown_words_are_left_out"}
