"""The first of the sorted words is taken for the word itself."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "nearest-words": """
def nearest_words(word, word_index, table, n):
    vector = table[word_index[word]]
    others = [other for other in word_index if word_index[other] < len(table)]
    others.reverse()
    others.sort(key=lambda other: cosine(vector, table[word_index[other]]), reverse=True)
    return others[1 : n + 1]
""",
}

LOSES = {"test_n_words_with_a_row_without_the_word_itself"}
