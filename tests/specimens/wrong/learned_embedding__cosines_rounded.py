"""Cosines are rounded to one decimal before they are sorted."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "nearest-words": """
def nearest_words(word, word_index, table, n):
    vector = table[word_index[word]]
    near = {
        other: round(cosine(vector, table[number]), 1)
        for other, number in word_index.items()
        if number < len(table) and other != word
    }
    return sorted(near, key=near.get, reverse=True)[:n]
""",
}

LOSES = {"test_nearest_words_come_first"}
