"""nearest_words returns pairs of a word and its cosine instead of words."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "nearest-words": """
def nearest_words(word, vectors, k):
    pairs = [(other, cosine(vectors[word], vectors[other])) for other in vectors if other != word]
    return sorted(pairs, key=lambda pair: pair[1], reverse=True)[:k]
""",
}

LOSES = {"test_nearest_words_come_first", "test_direction_decides_who_is_near"}
