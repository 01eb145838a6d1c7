"""The numbers of all texts come in one list."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    sequences = []
    for text in texts:
        for word in split_words(text):
            if word_index.get(word, max_words) < max_words:
                sequences.append(word_index[word])
    return sequences
""",
}

LOSES = {
    "test_words_become_their_numbers",
    "test_unknown_words_are_left_out",
    "test_rare_words_are_cut",
    "test_sequences_use_split_words",
}
