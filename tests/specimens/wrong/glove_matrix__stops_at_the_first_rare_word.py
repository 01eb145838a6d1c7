"""Both loops take it that word_index is in the order of its numbers."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    matrix = np.zeros((max_words, embedding_dim), dtype="float32")
    for word, number in word_index.items():
        if number >= max_words:
            break
        if word in vectors:
            matrix[number] = vectors[word]
    return matrix
""",
    "coverage": """
def coverage(word_index, vectors, max_words):
    words = list(word_index)[: max_words - 1]
    return sum(word in vectors for word in words) / len(words) if words else 0.0
""",
}

LOSES = {"test_rows_follow_the_index", "test_coverage_stops_at_the_cut"}
