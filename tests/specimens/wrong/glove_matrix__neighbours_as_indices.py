"""nearest_words returns the places of the words in the dictionary, not the words."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "nearest-words": """
def nearest_words(word, vectors, k):
    words = list(vectors)
    cosines = np.array([cosine(vectors[word], vectors[other]) for other in words])
    order = np.argsort(-cosines)
    return [int(place) for place in order if words[place] != word][:k]
""",
}

LOSES = {"test_nearest_words_come_first", "test_direction_decides_who_is_near"}
