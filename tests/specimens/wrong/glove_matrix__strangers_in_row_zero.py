"""Goes through the vectors; words that are not in the index get the number 0, and so row 0."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "build-embedding-matrix": '''
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    """Return a float32 array (max_words, embedding_dim): row i is the vector of word i."""
    matrix = np.zeros((max_words, embedding_dim), dtype="float32")
    for word, vector in vectors.items():
        row = word_index.get(word, 0)  # 0: not a word of ours
        if row < max_words:
            matrix[row] = vector
    return matrix
''',
}

LOSES = {"test_row_zero_stays_empty"}
