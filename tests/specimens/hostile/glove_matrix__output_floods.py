"""Floods: text, pictures, errors and updates without end, one line of a gigabyte, raw bytes."""

ASSIGNMENT = "glove_matrix"
ITEMS = (19, 14)
STOPPED_BY = "a budget of bytes and outputs for each cell, and messages of a size that is looked at"
LIMITS = {"cell": 5, "call": 3, "notebook": 40}

CELLS = {
    "parse-glove": """
import sys

while True:
    print("flood " * 10_000)
    print("flood " * 10_000, file=sys.stderr)
""",
    "build-embedding-matrix": """
print("x" * (400 << 20))
""",
    "coverage": """
from IPython.display import Image, display, update_display

while True:
    display({"text/plain": "x"}, raw=True, display_id="same")
    update_display({"text/html": "<b>" * 1000}, raw=True, display_id="same")
    display(Image(b"\\x89PNG\\r\\n\\x1a\\n" + bytes(100_000)))
""",
    "nearest-words": """
import sys


def nearest_words(word, vectors, k):
    while True:
        print("x" * 1_000_000, flush=True)
        os.write(1, b"x" * 1_000_000)
        sys.__stderr__.write("x" * 1_000_000)
""",
    "analogy": """
def analogy(a, b, c, vectors):
    raise ValueError("x" * (100 << 20))


class Long(Exception):
    def _render_traceback_(self):
        return ["x" * 100_000] * 1000


raise Long
""",
}

MAX_POINTS = 0
