"""The dot product without division by the lengths."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "nearest-words": """
def nearest_words(word, vectors, k):
    scores = {other: float(vectors[other] @ vectors[word]) for other in vectors if other != word}
    return sorted(scores, key=scores.get, reverse=True)[:k]
""",
}

LOSES = {"test_direction_decides_who_is_near"}
