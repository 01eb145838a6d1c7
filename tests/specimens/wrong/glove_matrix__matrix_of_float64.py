"""np.zeros without a dtype makes float64."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    matrix = np.zeros((max_words, embedding_dim))
    for word, number in word_index.items():
        if number < max_words and word in vectors:
            matrix[number] = vectors[word]
    return matrix
""",
}

LOSES = {"test_matrix_is_float32"}
