"""The encoder of results is replaced; replies are forged, out of turn or no value."""

ASSIGNMENT = "glove_matrix"
ITEMS = (6, 10)
STOPPED_BY = "the decoder outside builds plain values only and refuses all else"

CELLS = {
    "parse-glove": r"""
import itertools

from glovebox import wire

encode = wire.Encoder.encode
forged = itertools.cycle(
    [
        [b""],
        [b"\xc1 no message"],
        [b"\x92\xa1h\xcd\x03\xe8"],
        [wire.msgpack.packb(["t", "value", ["a", "|O", [1], 0]]), b"12345678"],
        [wire.msgpack.packb(["t", "value", ["a", "<f4", [2**40], 0]]), b"1234"],
        [wire.msgpack.packb(["t", "passed", True])],
        encode(wire.Encoder(), ("value", True)),
    ]
)
wire.Encoder.encode = lambda self, value: next(forged)


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
