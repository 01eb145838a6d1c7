"""Words without a vector are given one of zeros, in the dictionary that was passed."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    matrix = np.zeros((max_words, embedding_dim), dtype="float32")
    for word, number in word_index.items():
        if number < max_words:
            matrix[number] = vectors.setdefault(word, np.zeros(embedding_dim, dtype="float32"))
    return matrix
""",
}

LOSES = {"test_unknown_words_have_zero_rows"}
