"""The gloves' own agent is replaced and answers that all is well."""

ASSIGNMENT = "glove_matrix"
ITEMS = (6,)
STOPPED_BY = "the agent returns values and no marks; the checks compare them outside"

CELLS = {
    "parse-glove": """
import gc
import sys

from glovebox import wire

PASSED = {"outcome": "passed", "points": 20.0, "value": True}


def answer(self, message):
    return wire.encode(("value", PASSED))


for thing in gc.get_objects():
    if type(thing).__name__ == "Agent":
        type(thing).answer = answer
        type(thing)._call = lambda self, *args: PASSED
        thing._operations = dict.fromkeys(thing._operations, lambda *args: PASSED)


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
