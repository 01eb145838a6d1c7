"""NumPy and builtins are patched so that every comparison is true."""

ASSIGNMENT = "glove_matrix"
ITEMS = (6,)
STOPPED_BY = "the checks run in another process, whose NumPy nobody patched"

CELLS = {
    "parse-glove": """
import builtins
import sys

for name in ("array_equal", "allclose", "isclose", "array_equiv", "all", "any"):
    setattr(np, name, lambda *args, **kwargs: True)
    setattr(np.testing, "assert_" + name, lambda *args, **kwargs: None)
np.ndarray.__module__
np.asarray = lambda value, *args, **kwargs: value
np.frombuffer = np.ascontiguousarray = lambda *args, **kwargs: np.zeros(1)
builtins.isinstance = lambda value, kind: True
builtins.len = lambda value: 4
builtins.sorted = lambda values, **kwargs: values
for name in ("pytest", "hypothesis"):
    sys.modules[name] = sys

def parse_glove(path, embedding_dim):
    pass
""",
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    pass
""",
    "coverage": """
def coverage(word_index, vectors, max_words):
    pass
""",
    "nearest-words": """
def nearest_words(word, vectors, k):
    pass
""",
    "analogy": """
def analogy(a, b, c, vectors):
    pass
""",
}

MAX_POINTS = 0
