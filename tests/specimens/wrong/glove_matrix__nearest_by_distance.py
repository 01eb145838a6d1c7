"""The nearest words are those at the smallest distance."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "nearest-words": """
def nearest_words(word, vectors, k):
    others = [other for other in vectors if other != word]
    others.sort(key=lambda other: np.linalg.norm(vectors[other] - vectors[word]))
    return others[:k]
""",
}

LOSES = {"test_direction_decides_who_is_near"}
