"""Other types where the text allows them: OrderedDict, tuples, np.float64, np.str_."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "parse-glove": """
from array import array
from collections import OrderedDict


def parse_glove(path, embedding_dim):
    vectors = OrderedDict()
    for line in open(path, encoding="utf8"):
        word, *numbers = line.rstrip("\\n").rsplit(" ", maxsplit=embedding_dim)
        if not (word and numbers[embedding_dim - 1 :]):
            continue
        try:
            vectors[word] = np.frombuffer(array("f", map(float, numbers)), dtype=np.float32)
        except ValueError:
            pass
    return vectors
""",
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    # Stored by columns, which is nobody's business.
    matrix = np.zeros((max_words, embedding_dim), dtype=np.float32, order="F")
    for word, number in word_index.items():
        try:
            vector = vectors[word]
        except KeyError:
            continue
        if number < max_words:
            matrix[number] = vector
    return matrix
""",
    "coverage": """
def coverage(word_index, vectors, max_words):
    known = np.array([w in vectors for w, n in word_index.items() if n < max_words], dtype=bool)
    return known.mean() if known.size else np.float64(0)
""",
    "nearest-words": """
def nearest_words(word, vectors, k):
    words = np.array([other for other in vectors if other != word])
    cosines = np.array([cosine(vectors[str(other)], vectors[word]) for other in words])
    return list(words[np.argsort(cosines)[::-1][:k]])
""",
    "analogy": """
def analogy(a, b, c, vectors):
    words = np.array(sorted(vectors.keys() - {a, b, c}))
    target = vectors[b] - vectors[a] + vectors[c]
    return words[np.argmax([cosine(target, vectors[word]) for word in words])]
""",
}
