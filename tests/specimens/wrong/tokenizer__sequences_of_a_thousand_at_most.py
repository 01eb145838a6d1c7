"""Of a long text only the first thousand numbers are kept."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    sequences = []
    for text in texts:
        numbers = [word_index[word] for word in split_words(text) if word in word_index]
        sequences.append([number for number in numbers if number < max_words][:1000])
    return sequences
""",
}

LOSES = {"test_words_become_their_numbers"}
