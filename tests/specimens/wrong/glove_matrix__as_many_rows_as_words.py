"""The matrix has a row for every word of the index, whatever max_words says."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    matrix = np.zeros((len(word_index) + 1, embedding_dim), dtype="float32")
    for word, number in word_index.items():
        if word in vectors:
            matrix[number] = vectors[word]
    return matrix
""",
}

LOSES = {"test_matrix_shape", "test_words_beyond_the_cut_have_no_row"}
