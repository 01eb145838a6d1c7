"""Every vector is scaled to length 1 on its way into the matrix."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    matrix = np.zeros((max_words, embedding_dim), dtype="float32")
    for word, number in word_index.items():
        if number < max_words and word in vectors:
            matrix[number] = vectors[word] / np.linalg.norm(vectors[word])
    return matrix
""",
}

LOSES = {
    "test_rows_are_aligned",
    "test_rows_follow_the_index",
    "test_words_beyond_the_cut_have_no_row",
}
