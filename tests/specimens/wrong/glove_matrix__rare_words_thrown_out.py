"""Words beyond the cut are deleted from the word index that was passed."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    for word in list(word_index):
        if word_index[word] >= max_words:
            del word_index[word]
    matrix = np.zeros((max_words, embedding_dim), dtype="float32")
    for word, number in word_index.items():
        if word in vectors:
            matrix[number] = vectors[word]
    return matrix
""",
}

LOSES = {"test_unknown_words_have_zero_rows"}
