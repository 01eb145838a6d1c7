"""The first neighbour is taken for the word itself, which is out already."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "nearest-words": """
def nearest_words(word, word_index, table, n):
    vector = table[word_index[word]]
    others = [o for o in word_index if word_index[o] < len(table) and o != word]
    others.sort(key=lambda other: cosine(vector, table[word_index[other]]), reverse=True)
    return others[1 : n + 1] if len(others) > n else others
""",
}

LOSES = {"test_nearest_words_come_first"}
