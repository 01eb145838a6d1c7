"""An answer of a million words, made ready once: sent at no cost, and long to read."""

ASSIGNMENT = "tokenizer"
ITEMS = (10, 19)
STOPPED_BY = "reading an answer is charged to the notebook's time"
MAX_POINTS = 0
LIMITS = {"notebook": 40}

CELLS = {
    "read-reviews": """
import msgpack
from glovebox import wire

encode, millions = wire.encode, False
words = [item for number in range(1_000_000) for item in (f"{number:x}", number)]
PREPARED = [msgpack.packb(["t", "value", ["d", *words]]), b""]


def encode_at_no_cost(value, keep=None):
    global millions
    prepared, millions = millions, False
    return PREPARED if prepared else encode(value, keep)


wire.encode = encode_at_no_cost


def read_reviews(folder):
    global millions
    millions = True
""",
    "build-word-index": """
def build_word_index(texts):
    global millions
    millions = True
""",
    "shuffle-and-split": """
def shuffle_and_split(*arguments):
    global millions
    millions = True
""",
    **dict.fromkeys(("split-words", "texts-to-sequences", "pad-sequences"), ""),
}
