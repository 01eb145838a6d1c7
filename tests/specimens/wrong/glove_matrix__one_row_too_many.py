"""The matrix has max_words + 1 rows, one more than there are numbers."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    matrix = np.zeros((max_words + 1, embedding_dim), dtype="float32")
    for word, number in word_index.items():
        if number < max_words and word in vectors:
            matrix[number] = vectors[word]
    return matrix
""",
}

LOSES = {"test_matrix_shape"}
