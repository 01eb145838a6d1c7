"""Words without a vector get random numbers."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    rng = np.random.default_rng(0)
    matrix = np.zeros((max_words, embedding_dim), dtype="float32")
    for word, number in word_index.items():
        if number < max_words:
            vector = vectors.get(word)
            matrix[number] = rng.normal(size=embedding_dim) if vector is None else vector
    return matrix
""",
}

LOSES = {"test_unknown_words_have_zero_rows"}
