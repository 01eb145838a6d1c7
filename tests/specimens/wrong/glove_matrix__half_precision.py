"""Keeps the matrix in float16 for a while, which has no more than three digits."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    matrix = np.zeros((max_words, embedding_dim), dtype="float16")
    for word, index in word_index.items():
        if index < max_words and word in vectors:
            matrix[index] = vectors[word]
    return matrix.astype("float32")
""",
}

LOSES = {"test_rows_are_aligned"}
