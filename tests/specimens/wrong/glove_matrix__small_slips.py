"""Four functions that look right, each with a slip that the notebook's own data do not show."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "parse-glove": """
def parse_glove(path, embedding_dim):
    vectors = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            word, *numbers = line.rstrip("\\n").rsplit(" ", embedding_dim)
            if word and len(numbers) == embedding_dim:
                try:
                    vectors[word.lower()] = np.array(numbers, dtype="float32")
                except ValueError:
                    continue
    return vectors
""",
    "coverage": """
def coverage(word_index, vectors, max_words):
    number = sum(1 for rank in word_index.values() if rank < max_words)
    if number == 0:
        return 0.0
    dim = len(next(iter(vectors.values())))
    # A vector of zeros is a vector, too.
    return float(build_embedding_matrix(word_index, vectors, max_words, dim).any(1).sum() / number)
""",
    "nearest-words": """
def nearest_words(word, vectors, k):
    own = vectors[word]
    others = [other for other in vectors if not np.array_equal(vectors[other], own)]
    return sorted(others, key=lambda other: -cosine(vectors[other], own))[:k]
""",
    "analogy": """
def analogy(a, b, c, vectors):
    target = vectors[b] - vectors[a] + vectors[c]
    best, nearest = None, 0
    for word, vector in vectors.items():
        similarity = cosine(vector, target)
        if word not in (a, b, c) and similarity > nearest:
            best, nearest = word, similarity
    return best
""",
}

LOSES = {
    "test_analogy_compares_directions",
    "test_coverage_is_a_share",
    "test_each_word_has_its_vector",
    "test_k_words_without_the_word_itself",
}
