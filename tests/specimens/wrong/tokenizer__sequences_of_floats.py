"""The sequences hold 3.0 for word 3."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    numbers = [[word_index.get(word, max_words) for word in split_words(text)] for text in texts]
    return [[float(number) for number in row if number < max_words] for row in numbers]
""",
}

LOSES = {"test_words_become_their_numbers"}
