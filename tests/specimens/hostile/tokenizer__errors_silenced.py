"""Nothing that fails is shown, and every message says ok."""

ASSIGNMENT = "tokenizer"
ITEMS = (2,)
STOPPED_BY = "neither errors nor their absence count; the checks look at values alone"

CELLS = {
    "read-reviews": """
import sys

shell = get_ipython()
shell.showtraceback = lambda *args, **kwargs: None
shell.showsyntaxerror = lambda *args, **kwargs: None
shell._showtraceback = lambda *args, **kwargs: None
sys.displayhook = lambda value: None

session = shell.kernel.session
send = session.send


def send_ok(stream, message, content=None, *args, **kwargs):
    if isinstance(content, dict) and content.get("status") == "error":
        content = {"status": "ok", "execution_count": 1, "user_expressions": {}, "payload": []}
    return send(stream, message, content, *args, **kwargs)


session.send = send_ok
run_cell = type(shell).run_cell


def run_nothing(self, source, *args, **kwargs):
    return run_cell(self, "pass", *args, **kwargs)


type(shell).run_cell = run_nothing


def read_reviews(folder):
    pass
""",
    "split-words": """
def split_words(text):
    pass
""",
    "build-word-index": """
def build_word_index(texts):
    pass
""",
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    pass
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
