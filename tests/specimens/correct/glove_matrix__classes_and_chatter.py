"""A class for the vectors, an OrderedDict, log lines on stderr; German comments."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "parse-glove": r'''
import logging
from collections import OrderedDict

log = logging.getLogger("glove")
log.addHandler(logging.StreamHandler())


class Vectors(OrderedDict):
    """Wörter und ihre Vektoren."""

    @classmethod
    def read(cls, path, dim):
        vectors = cls()
        text = Path(path).read_bytes().decode("utf-8")
        for number, line in enumerate(text.split("\n")):
            vectors.add(number, line, dim)
        return vectors

    def add(self, number, line, dim):
        word = line
        numbers = []
        # Von hinten abschneiden, bis nur noch das Wort übrig ist.
        for _ in range(dim):
            word, space, field = word.rpartition(" ")
            if not space:
                log.warning("Zeile %d übersprungen", number)
                return
            numbers.insert(0, field)
        try:
            self[word] = np.fromiter(map(float, numbers), dtype=np.float32)
        except ValueError:
            log.warning("Zeile %d ist kein Vektor", number)


def parse_glove(path, embedding_dim):
    return Vectors.read(path, embedding_dim)
''',
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    # Nur die Wörter, die eine Zeile und einen Vektor haben.
    known = [(i, vectors[w]) for w, i in word_index.items() if i < max_words and w in vectors]
    matrix = np.full([max_words, embedding_dim], 0, np.float32)
    if known:
        rows, values = zip(*known)
        matrix[list(rows)] = values
    return matrix
""",
    "nearest-words": """
import heapq


def nearest_words(word, vectors, k):
    others = set(vectors) - {word}
    return heapq.nlargest(k, others, key=lambda other: cosine(vectors[word], vectors[other]))
""",
    "analogy": """
def analogy(a, b, c, vectors):
    target = vectors[b] - vectors[a] + vectors[c]
    ranked = nearest_words("?", {**vectors, "?": target}, len(vectors))
    return next(word for word in ranked if word not in (a, b, c))
""",
}

EXTRA = [
    (
        "after",
        "test-analogy",
        """
import warnings
warnings.warn("nearly done")
log.error("a line on stderr")
""",
    ),
]
