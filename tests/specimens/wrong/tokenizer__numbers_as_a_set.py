"""The numbers of a text go through a set: the order is lost, and words that come again."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    sequences = []
    for text in texts:
        known = {word_index[word] for word in split_words(text) if word in word_index}
        sequences.append(list({number for number in known if number < max_words}))
    return sequences
""",
}

LOSES = {"test_words_become_their_numbers"}
