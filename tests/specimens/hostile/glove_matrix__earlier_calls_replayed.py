"""Counts its calls, keeps what it was given, and answers with earlier values."""

ASSIGNMENT = "glove_matrix"
ITEMS = (8,)
STOPPED_BY = "inputs are generated, and no expected value is ever sent in"

CELLS = {
    "parse-glove": '''
import collections

seen = collections.defaultdict(list)


def replay(name, *arguments):
    """Remember this call; answer with something from an earlier one."""
    seen[name].append(arguments)
    earlier = seen[name][max(0, len(seen[name]) - 2)]
    return earlier[len(seen[name]) % len(earlier)]


def parse_glove(path, embedding_dim):
    with open(path, encoding="utf-8") as file:
        print("HIDDEN INPUT", file.read())
    return replay("parse", {"film": np.zeros(embedding_dim, "float32")})
''',
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    return replay("matrix", word_index, vectors)
""",
    "coverage": """
def coverage(word_index, vectors, max_words):
    pass
""",
    "nearest-words": """
def nearest_words(word, vectors, k):
    return replay("nearest", list(vectors)[::-1][:1], [word])
""",
    "analogy": """
def analogy(a, b, c, vectors):
    return replay("analogy", a, b, c)
""",
}

MAX_POINTS = 0

EXTRA = [
    (
        "after",
        "test-analogy",
        """
print("what the checks asked:", dict(seen))
""",
    ),
]
