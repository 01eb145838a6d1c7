"""A cell that spins and takes no interrupt, and functions that wait in every way there is."""

ASSIGNMENT = "tokenizer"
ITEMS = (19,)
STOPPED_BY = "time limits of the grader's own clock, and SIGKILL from outside after an interrupt"
LIMITS = {"cell": 4, "call": 2, "notebook": 40, "grace": 1}

CELLS = {
    "read-reviews": """
import select
import signal
import threading
import time

signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, signal.NSIG))
signal.set_wakeup_fd(-1)


def read_reviews(folder):
    while True:
        try:
            (10**1_000_000) ** 3
        except BaseException:
            pass
""",
    "split-words": """
def split_words(text):
    threading.Lock().acquire()
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()
""",
    "build-word-index": """
def build_word_index(texts):
    signal.pause()
""",
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    while True:
        try:
            time.sleep(1e9)
        except KeyboardInterrupt:
            print("you shall not pass")
""",
    "pad-sequences": """
def pad_sequences(sequences, maxlen):
    select.select([], [], [])
""",
    "shuffle-and-split": """
while True:
    try:
        while True:
            pass
    except KeyboardInterrupt:
        continue
""",
}

MAX_POINTS = 0
