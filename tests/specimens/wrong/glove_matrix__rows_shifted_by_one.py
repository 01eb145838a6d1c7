"""Word i gets row i - 1: the first word takes row 0."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    matrix = np.zeros((max_words, embedding_dim), dtype="float32")
    for word, number in word_index.items():
        if number < max_words and word in vectors:
            matrix[number - 1] = vectors[word]
    return matrix
""",
}

LOSES = {"test_rows_are_aligned", "test_rows_follow_the_index", "test_row_zero_stays_empty"}
