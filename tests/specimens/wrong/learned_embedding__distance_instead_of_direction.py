"""Near is who is at a short distance."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "nearest-words": """
def nearest_words(word, word_index, table, n):
    vector = table[word_index[word]]
    others = [other for other in word_index if word_index[other] < len(table) and other != word]
    others.sort(key=lambda other: np.linalg.norm(vector - table[word_index[other]]))
    return others[:n]
""",
}

LOSES = {"test_direction_decides_who_is_near"}
