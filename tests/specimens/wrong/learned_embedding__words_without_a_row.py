"""Words whose number is beyond the table are looked up, too."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "nearest-words": """
def nearest_words(word, word_index, table, n):
    vector = table[word_index[word]]
    others = [other for other in word_index if other != word]
    others.sort(key=lambda other: cosine(vector, table[word_index[other]]), reverse=True)
    return others[:n]
""",
}

LOSES = {"test_n_words_with_a_row_without_the_word_itself"}
