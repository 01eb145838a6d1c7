"""Whichever word comes first is left out, be it the word itself or another as near."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "nearest-words": """
def nearest_words(word, vectors, k):
    ranked = sorted(vectors, key=lambda other: cosine(vectors[word], vectors[other]), reverse=True)
    return ranked[1 : k + 1]
""",
}

LOSES = {"test_k_words_without_the_word_itself"}
