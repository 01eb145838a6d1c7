"""Cosines are rounded to two decimals before they are sorted."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "nearest-words": """
def nearest_words(word, vectors, k):
    near = {
        other: round(cosine(vectors[word], vector), 2)
        for other, vector in vectors.items()
        if other != word
    }
    return sorted(near, key=near.get, reverse=True)[:k]
""",
}

LOSES = {"test_nearest_words_come_first"}
