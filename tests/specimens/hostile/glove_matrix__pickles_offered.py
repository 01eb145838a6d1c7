"""Results that run code where somebody unpickles, evaluates, formats or loads them."""

ASSIGNMENT = "glove_matrix"
ITEMS = (10,)
STOPPED_BY = "nothing is unpickled or evaluated; what is no plain value stays inside"

CELLS = {
    "parse-glove": r"""
import io
import pickle
import zipfile


class Evil(dict):
    def __reduce__(self):
        return (os.system, ("touch /tmp/PICKLE_WAS_LOADED",))

    __reduce_ex__ = lambda self, protocol: self.__reduce__()
    __getstate__ = __deepcopy__ = __copy__ = lambda self, *args: os._exit(0)
    __str__ = __repr__ = lambda self: "__import__('os').system('touch /tmp/TEXT_WAS_EVALUATED')"
    __format__ = lambda self, form: "{0.__class__.__init__.__globals__}"


def parse_glove(path, embedding_dim):
    return Evil(film=Evil(), actor=pickle.dumps(Evil()), the=np.array([Evil()], dtype=object))
""",
    "build-embedding-matrix": r"""
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    kinds = [
        np.array([[Evil()] * embedding_dim] * max_words, dtype=object),
        np.zeros((max_words, embedding_dim), dtype=[("vector", "f4"), ("object", "O")]),
        np.zeros((max_words, embedding_dim), dtype="V16"),
        np.zeros((max_words, embedding_dim), dtype="M8[s]"),
        np.ma.masked_all((max_words, embedding_dim)),
        np.asmatrix(np.full((max_words, embedding_dim), np.inf)),
        memoryview(pickle.dumps(Evil())),
    ]
    return kinds[len(word_index) % len(kinds)]
""",
    "coverage": r"""
def coverage(word_index, vectors, max_words):
    return "__import__('os').system('touch /tmp/TEXT_WAS_EVALUATED') or 1.0"
""",
    "nearest-words": r'''
def nearest_words(word, vectors, k):
    """A numpy archive, which has pickles in it and unpacks to gigabytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../evil.npy", pickle.dumps(Evil()))
        archive.writestr("zeros.npy", bytes(50_000_000))
    return file.getvalue()
''',
    "analogy": r"""
def analogy(a, b, c, vectors):
    return "%s{0.__class__}{__import__('os')}\x00\ud800$(id)`id`" * 1000
""",
}

MAX_POINTS = 0
