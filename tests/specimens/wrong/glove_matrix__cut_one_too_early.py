"""The last row stays empty: the cut is one word too early."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    matrix = np.zeros((max_words, embedding_dim), dtype="float32")
    for word, number in word_index.items():
        if number < max_words - 1 and word in vectors:
            matrix[number] = vectors[word]
    return matrix
""",
}

LOSES = {"test_words_beyond_the_cut_have_no_row"}
