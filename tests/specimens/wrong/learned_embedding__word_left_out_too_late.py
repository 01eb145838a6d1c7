"""The word itself is thrown out of the first n."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "nearest-words": """
def nearest_words(word, word_index, table, n):
    vector = table[word_index[word]]
    others = [other for other in word_index if word_index[other] < len(table)]
    others.sort(key=lambda other: cosine(vector, table[word_index[other]]), reverse=True)
    return [other for other in others[:n] if other != word]
""",
}

LOSES = {"test_n_words_with_a_row_without_the_word_itself"}
