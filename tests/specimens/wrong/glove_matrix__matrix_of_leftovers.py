"""The matrix is made with np.empty: rows without a vector hold whatever lay in the memory."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    matrix = np.empty((max_words, embedding_dim), dtype="float32")
    for word, number in word_index.items():
        if number < max_words and word in vectors:
            matrix[number] = vectors[word]
    return matrix
""",
}

LOSES = {"test_row_zero_stays_empty", "test_unknown_words_have_zero_rows"}
