"""A text of which nothing is left loses its place."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    sequences = []
    for text in texts:
        sequence = []
        for word in split_words(text):
            if word in word_index and word_index[word] < max_words:
                sequence.append(word_index[word])
        if sequence:
            sequences.append(sequence)
    return sequences
""",
}

LOSES = {"test_unknown_words_are_left_out"}
