"""SystemExit in functions, at import, in __del__ and atexit; only split_words is honest."""

ASSIGNMENT = "tokenizer"
ITEMS = (4,)
STOPPED_BY = "the agent catches every exception, and a raised one is a failed check"

CELLS = {
    "read-reviews": """
def read_reviews(folder):
    raise SystemExit(0)
""",
    "split-words": """
import atexit
import sys


class Bomb:
    def __del__(self):
        raise SystemExit("passed")


atexit.register(sys.exit, 0)
bombs = [Bomb()]


def split_words(text):
    bombs[:] = [Bomb()]
    for character in FILTERS:
        text = text.replace(character, " ")
    return [word for word in text.lower().split(" ") if word]


sys.exit(0)
""",
    "build-word-index": """
def build_word_index(texts):
    raise SystemExit(0)
""",
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    raise SystemExit(0)
""",
    "pad-sequences": """
def pad_sequences(sequences, maxlen):
    raise KeyboardInterrupt


raise SystemExit("25 of 25 points")
""",
    "shuffle-and-split": """
def shuffle_and_split(data, labels, n_train, n_val, seed):
    raise SystemExit(0)
""",
}

MAX_POINTS = 4
