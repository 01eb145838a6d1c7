"""Nearness is the absolute value of the cosine, which makes the opposite direction near."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "nearest-words": """
def nearest_words(word, vectors, k):
    others = [other for other in vectors if other != word]
    others.sort(key=lambda other: abs(cosine(vectors[word], vectors[other])), reverse=True)
    return others[:k]
""",
}

LOSES = {"test_nearest_words_come_first", "test_direction_decides_who_is_near"}
