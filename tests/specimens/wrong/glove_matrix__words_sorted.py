"""The words are sorted by the alphabet before they get their rows."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    matrix = np.zeros((max_words, embedding_dim), dtype="float32")
    for row, word in enumerate(sorted(word_index), start=1):
        if row < max_words and word in vectors:
            matrix[row] = vectors[word]
    return matrix
""",
}

LOSES = {"test_rows_are_aligned", "test_rows_follow_the_index"}
