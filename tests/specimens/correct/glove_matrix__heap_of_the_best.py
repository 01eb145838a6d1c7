"""Fields cut off one by one, a heap that keeps the best k, the matrix filled by columns."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "parse-glove": """
def parse_glove(path, embedding_dim):
    def fields_of(line):
        fields = []
        while len(fields) < embedding_dim and " " in line:
            line, _, field = line.rpartition(" ")
            fields.insert(0, field)
        return line, fields

    vectors = {}
    with open(path, "rt", encoding="utf-8", errors="strict") as file:
        while line := file.readline():
            word, fields = fields_of(line.rstrip("\\n"))
            if word == "" or len(fields) < embedding_dim:
                continue
            try:
                vector = np.zeros(embedding_dim, dtype="float32")
                vector[:] = [float(field) for field in fields]
            except ValueError as error:
                print("skipped:", error)
            else:
                vectors[word] = vector
    return vectors
""",
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    columns = np.zeros((embedding_dim, max_words), dtype="float32")
    for word, number in word_index.items():
        if word in vectors and max_words > number:
            columns[:, number] = vectors[word]
    return np.ascontiguousarray(columns.T)
""",
    "nearest-words": """
import heapq


def nearest_words(word, vectors, k):
    best = []  # a heap of the k best so far, the worst of them on top
    for place, other in enumerate(vectors):
        if other == word:
            continue
        entry = (cosine(vectors[word], vectors[other]), -place, other)
        if len(best) < k:
            heapq.heappush(best, entry)
        else:
            heapq.heappushpop(best, entry)
    return [other for *_, other in sorted(best, reverse=True)]
""",
    "analogy": """
def unit(array):
    return array / np.linalg.norm(array, axis=-1, keepdims=True)


def analogy(a, b, c, vectors):
    words = [*vectors.keys()]
    allowed = np.array([word not in (a, b, c) for word in words])
    cosines = unit(np.stack([*vectors.values()])) @ unit(vectors[b] - vectors[a] + vectors[c])
    return words[int(np.argmax(np.where(allowed, cosines, -np.inf)))]
""",
}
