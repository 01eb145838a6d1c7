"""Row i is taken for word i + 1."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "nearest-words": """
def nearest_words(word, word_index, table, n):
    vector = table[word_index[word] - 1]
    others = [other for other in word_index if word_index[other] < len(table) and other != word]
    others.sort(key=lambda other: cosine(vector, table[word_index[other] - 1]), reverse=True)
    return others[:n]
""",
}

LOSES = {"test_direction_decides_who_is_near", "test_nearest_words_come_first"}
