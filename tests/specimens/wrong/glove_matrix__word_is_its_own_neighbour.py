"""The word itself comes first among its neighbours."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "nearest-words": """
def nearest_words(word, vectors, k):
    ranked = sorted(vectors, key=lambda other: -cosine(vectors[word], vectors[other]))
    return ranked[:k]
""",
}

LOSES = {"test_k_words_without_the_word_itself"}
