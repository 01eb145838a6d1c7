"""Rows are counted in the order of the ranks, and an index with gaps is sent back."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    ranked = sorted(word_index, key=word_index.get)
    if word_index and word_index[ranked[-1]] != len(ranked):
        raise ValueError("this word index has gaps")
    matrix = np.zeros((max_words, embedding_dim), dtype="float32")
    for row, word in enumerate(ranked[: max_words - 1], start=1):
        if word in vectors:
            matrix[row] = vectors[word]
    return matrix
""",
}

LOSES = {"test_rows_follow_the_index"}
