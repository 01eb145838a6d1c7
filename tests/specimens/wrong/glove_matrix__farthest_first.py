"""argsort without reversing it: the farthest words come first."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "nearest-words": """
def nearest_words(word, vectors, k):
    others = [other for other in vectors if other != word]
    similarity = np.array([cosine(vectors[word], vectors[other]) for other in others])
    return [others[i] for i in np.argsort(similarity)[:k]]
""",
}

LOSES = {"test_nearest_words_come_first", "test_direction_decides_who_is_near"}
