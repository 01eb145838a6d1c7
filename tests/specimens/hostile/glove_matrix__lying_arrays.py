"""Subclasses of array, dict and float with lying comparisons and attributes."""

ASSIGNMENT = "glove_matrix"
ITEMS = (3, 5)
STOPPED_BY = "only bytes cross; outside they become plain values of built-in types"

CELLS = {
    "parse-glove": '''
class Lie:
    """Mixed into a real type: every comparison, length and look-up says what is wished for."""

    __hash__ = None
    shape = property(lambda self: (4, 4))
    dtype = property(lambda self: np.dtype("float32"))

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __len__(self):
        return 4

    def __contains__(self, item):
        return True

    def __getitem__(self, key):
        return self

    def __array__(self, dtype=None, copy=None):
        raise SystemExit

    def __array_function__(self, function, types, args, kwargs):
        return True

    def tobytes(self):
        return b"exactly the bytes you expect"


class LyingDict(Lie, dict):
    def items(self):
        return [(self, self)]


def parse_glove(path, embedding_dim):
    return LyingDict()
''',
    "build-embedding-matrix": """
class LyingArray(Lie, np.ndarray):
    pass


def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    return np.full((max_words, embedding_dim), np.nan, "float64").view(LyingArray)
""",
    "coverage": """
class LyingFloat(Lie, float):
    def __sub__(self, other):
        return 0.0

    __rsub__ = __abs__ = __sub__


def coverage(word_index, vectors, max_words):
    return LyingFloat("nan")
""",
    "nearest-words": """
class LyingText(Lie, str):
    pass


def nearest_words(word, vectors, k):
    return [LyingText("any")] * k
""",
    "analogy": """
def analogy(a, b, c, vectors):
    return LyingText("any")
""",
}

MAX_POINTS = 1
