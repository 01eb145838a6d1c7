"""A word that comes again in a text is left out of its sequence."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    sequences = []
    for text in texts:
        numbers = []
        for word in split_words(text):
            number = word_index.get(word, max_words)
            if number < max_words and number not in numbers:
                numbers.append(number)
        sequences.append(numbers)
    return sequences
""",
}

LOSES = {"test_words_become_their_numbers"}
