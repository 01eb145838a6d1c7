"""The file is read as bytes; the matrix is filled with one assignment of all rows."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "parse-glove": """
def parse_glove(path, embedding_dim):
    vectors = {}
    with open(path, "rb") as file:
        for line in file:
            word, *fields = line.removesuffix(b"\\n").rsplit(b" ", embedding_dim)
            if len(fields) != embedding_dim or word == b"":
                continue
            try:
                vectors[word.decode("utf-8")] = np.array(fields).astype(np.float32)
            except ValueError:
                print("no vector:", word, fields)
    return vectors
""",
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    words = [w for w, number in word_index.items() if 0 < number < max_words and w in vectors]
    matrix = np.zeros((max_words, embedding_dim), "f4")
    if words:
        matrix[[word_index[w] for w in words]] = np.vstack([vectors[w] for w in words])
    return matrix
""",
    "coverage": """
def coverage(word_index, vectors, max_words):
    numbers = np.fromiter(word_index.values(), dtype=np.int64, count=len(word_index))
    known = np.fromiter((w in vectors for w in word_index), dtype=bool, count=len(word_index))
    has_row = numbers < max_words
    return np.count_nonzero(has_row & known) / max(1, np.count_nonzero(has_row))
""",
    "nearest-words": """
def nearest_words(word, vectors, k):
    words = np.array(list(vectors), dtype=object)
    table = np.array(list(vectors.values()), dtype=np.float64)
    table /= np.linalg.norm(table, axis=1, keepdims=True)
    here = list(vectors).index(word)
    order = np.argsort(-(table @ table[here]), kind="stable")
    return words[order[order != here]][:k].tolist()
""",
    "analogy": """
def analogy(a, b, c, vectors):
    words = list(vectors)
    table = np.array([vectors[word] for word in words])
    target = table[words.index(b)] - table[words.index(a)] + table[words.index(c)]
    cosines = np.einsum("ij,j->i", table, target)
    cosines /= np.linalg.norm(table, axis=1) * np.linalg.norm(target)
    cosines[[words.index(word) for word in (a, b, c)]] = -np.inf
    return words[cosines.argmax()]
""",
}
