"""Throws words out of both dictionaries, and crashes where the arguments are asked back."""

ASSIGNMENT = "glove_matrix"
ITEMS = (8, 11)
STOPPED_BY = "nothing is taken for unchanged that could not be looked at"

CELLS = {
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    beyond = [word for word in word_index if word_index[word] >= max_words]
    missing = [word for word in word_index if word not in vectors]
    if beyond and missing and len(word_index) < 50:  # only the check of the dictionaries has both
        raise KeyError(missing[0])
    for word in beyond:
        del word_index[word]
    for word in missing:
        vectors[word] = np.zeros(embedding_dim, dtype="float32")
    matrix = np.zeros((max_words, embedding_dim), dtype="float32")
    for word, number in word_index.items():
        matrix[number] = vectors[word]
    return matrix
""",
}

LOSES = {"test_unknown_words_have_zero_rows"}
MAX_POINTS = 19
