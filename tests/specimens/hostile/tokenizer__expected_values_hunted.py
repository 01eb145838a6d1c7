"""Looks for expected values in frames, in the garbage collector, in linecache."""

ASSIGNMENT = "tokenizer"
ITEMS = (7,)
STOPPED_BY = "expected values and checks are in another process only"

CELLS = {
    "read-reviews": '''
import gc
import inspect
import linecache
import sys

WANTED = ("expected", "reference", "test_", "check", "solution")


def hunt():
    """Whatever hangs about that looks like an expected value, in the callers first."""
    for frame in inspect.stack():
        for name, value in frame.frame.f_locals.items():
            if any(word in name for word in WANTED) and value is not None:
                return value
    for name in list(linecache.cache):
        if "test_tokenizer" in name or "reference" in name:
            return linecache.getlines(name)
    for thing in gc.get_objects():
        if isinstance(thing, dict) and any(word in thing for word in ("expected", "Mismatch")):
            return thing.get("expected")
    for name, module in list(sys.modules.items()):
        if "hidden" in name or "conftest" in name:
            return vars(module)
    return None


def read_reviews(folder):
    return hunt()
''',
    "split-words": """
def split_words(text):
    return hunt()
""",
    "build-word-index": """
def build_word_index(texts):
    return hunt()
""",
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    return hunt()
""",
    "pad-sequences": """
def pad_sequences(sequences, maxlen):
    return hunt()
""",
    "shuffle-and-split": """
def shuffle_and_split(data, labels, n_train, n_val, seed):
    return hunt()
""",
}

MAX_POINTS = 0
