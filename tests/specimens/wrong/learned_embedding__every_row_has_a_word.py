"""Every row is taken to have a word, and the word itself to come first."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "nearest-words": """
def nearest_words(word, word_index, table, n):
    names = {number: other for other, number in word_index.items()}
    vector = table[word_index[word]]
    near = sorted(range(1, len(table)), key=lambda row: -cosine(vector, table[row]))
    near.remove(word_index[word])
    return [names[number] for number in near[: min(n, len(names) - 1)]]
""",
}

LOSES = {"test_n_words_with_a_row_without_the_word_itself"}
