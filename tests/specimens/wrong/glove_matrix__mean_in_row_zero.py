"""Row 0 is filled with the mean of all vectors."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    matrix = np.zeros((max_words, embedding_dim), dtype="float32")
    for word, number in word_index.items():
        if number < max_words and word in vectors:
            matrix[number] = vectors[word]
    if vectors:
        matrix[0] = np.mean(list(vectors.values()), axis=0) + 1e-3
    return matrix
""",
}

LOSES = {"test_row_zero_stays_empty", "test_unknown_words_have_zero_rows"}
