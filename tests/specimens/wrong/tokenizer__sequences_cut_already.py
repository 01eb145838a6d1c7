"""Keeps only the last 100 words of a text when it makes the sequences, before the padding."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    numbers = [[word_index.get(word, max_words) for word in split_words(text)] for text in texts]
    return [[number for number in row if number < max_words][-100:] for row in numbers]
""",
}

LOSES = {"test_words_become_their_numbers"}
