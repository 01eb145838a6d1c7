"""Words from max_words on become 0 instead of being left out."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    sequences = []
    for text in texts:
        numbers = [word_index[word] for word in split_words(text) if word in word_index]
        sequences.append([number if number < max_words else 0 for number in numbers])
    return sequences
""",
}

LOSES = {"test_rare_words_are_cut"}
