"""Words go into columns."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    matrix = np.zeros((embedding_dim, max_words), dtype="float32")
    for word, number in word_index.items():
        if number < max_words and word in vectors:
            matrix[:, number] = vectors[word]
    return matrix
""",
}

LOSES = {
    "test_matrix_shape",
    "test_rows_are_aligned",
    "test_rows_follow_the_index",
    "test_row_zero_stays_empty",
    "test_unknown_words_have_zero_rows",
    "test_words_beyond_the_cut_have_no_row",
}
