"""The rows follow the order of the dictionary, not the numbers in it."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    matrix = np.zeros((max_words, embedding_dim), dtype="float32")
    for row, word in enumerate(word_index, start=1):
        if row < max_words and word in vectors:
            matrix[row] = vectors[word]
    return matrix
""",
}

LOSES = {"test_rows_follow_the_index"}
