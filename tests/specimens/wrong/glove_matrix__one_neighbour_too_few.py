"""The first k words are taken and only then the word itself is left out."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "nearest-words": """
def nearest_words(word, vectors, k):
    ranked = sorted(vectors, key=lambda w: cosine(vectors[word], vectors[w]), reverse=True)
    return [other for other in ranked[:k] if other != word]
""",
}

LOSES = {"test_k_words_without_the_word_itself"}
