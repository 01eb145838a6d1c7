"""The numbers of each text come in reverse order."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    sequences = []
    for text in texts:
        numbers = (word_index.get(word, max_words) for word in reversed(split_words(text)))
        sequences.append([number for number in numbers if number < max_words])
    return sequences
""",
}

LOSES = {"test_words_become_their_numbers"}
