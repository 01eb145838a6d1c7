"""Lists and loops, the line parsed by hand, the matrix stacked row by row."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "parse-glove": r"""
def parse_glove(path, embedding_dim):
    vectors = {}
    for line in open(path, encoding="utf8"):
        fields = line[:-1].split(" ") if line.endswith("\n") else line.split(" ")
        if len(fields) <= embedding_dim:
            continue
        numbers, word = fields[len(fields) - embedding_dim :], " ".join(fields[:-embedding_dim])
        try:
            vectors[word] = np.asarray(numbers, dtype=np.float32)
        except ValueError:
            print("skipped:", line)
    return vectors
""",
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    words = {number: word for word, number in word_index.items()}
    nothing = [0.0] * embedding_dim
    rows = [vectors.get(words.get(number), nothing) for number in range(max_words)]
    return np.vstack(rows).astype(np.float32)
""",
    "coverage": """
def coverage(word_index, vectors, max_words):
    found = np.array([w in vectors for w, number in word_index.items() if number < max_words])
    return found.mean() if found.size else np.float32(0)
""",
    "nearest-words": """
def nearest_words(word, vectors, k):
    words = list(vectors)
    table = np.array([vectors[w] for w in words], dtype="float64")
    table = table / np.linalg.norm(table, axis=1, keepdims=True)
    similarity = table @ table[words.index(word)]
    ranked = [words[i] for i in np.argsort(similarity)[::-1]]
    ranked.remove(word)
    return ranked[:k]
""",
    "analogy": """
def analogy(a, b, c, vectors):
    goal = np.add(np.subtract(vectors[b], vectors[a]), vectors[c])
    best, best_similarity = None, -2
    for word, vector in vectors.items():
        similarity = np.dot(goal, vector) / np.sqrt(np.sum(goal**2) * np.sum(vector**2) + 1e-12)
        if word not in {a, b, c} and similarity > best_similarity:
            best, best_similarity = word, similarity
    return best
""",
}
