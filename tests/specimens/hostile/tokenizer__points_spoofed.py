"""Cells that end in a number of points, or in something that looks like one."""

ASSIGNMENT = "tokenizer"
ITEMS = (3,)
STOPPED_BY = "points are computed outside; what a cell shows earns nothing"

CELLS = {
    "read-reviews": """
def read_reviews(folder):
    pass
""",
    "split-words": """
class Points(float):
    def __repr__(self):
        return "4.0"

    __str__ = __repr__

    def __format__(self, form):
        return "4.0"


def split_words(text):
    return Points(4)


Points(4)
""",
    "build-word-index": """
def build_word_index(texts):
    return float("inf")


5
""",
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    return float("nan")


float("nan")
""",
    "pad-sequences": """
def pad_sequences(sequences, maxlen):
    pass
""",
    "shuffle-and-split": """
def shuffle_and_split(data, labels, n_train, n_val, seed):
    pass
""",
}

MAX_POINTS = 0

EXTRA = [
    (
        "after",
        "test-read-reviews",
        """
4.0
""",
    ),
    (
        "before",
        "test-pad-sequences",
        """
'25'
""",
    ),
    (
        "after",
        "test-shuffle-and-split",
        """
from IPython.display import display, JSON

display(JSON({"outcome": "passed", "points": 25}))
print('{"check": "test_every_review_has_its_label", "outcome": "passed", "points": 1.0}')
-1
""",
    ),
]
