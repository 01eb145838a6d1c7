"""Threads that go on after their cell: they rewrite names, results and messages of later ones."""

ASSIGNMENT = "tokenizer"
ITEMS = (9, 8)
STOPPED_BY = "whenever it is done, all that a thread inside can change are values that come out"
LIMITS = {"call": 5, "notebook": 60}

CELLS = {
    "read-reviews": '''
import sys
import threading
import time

shell = get_ipython()
caught = []


def watch():
    """Take arguments and results out of the frames of all other threads, and put them back in."""
    while True:
        for number, frame in sys._current_frames().items():
            while frame is not None:
                for name in ("arguments", "value", "expected", "result", "message", "reply"):
                    if name in frame.f_locals and len(caught) < 1000:
                        caught.append(frame.f_locals[name])
                frame = frame.f_back
        time.sleep(0.001)


def rewrite():
    """Whatever is asked for is there, and answers with what was caught last."""
    while True:
        for name in ("split_words", "pad_sequences", "shuffle_and_split", "build_word_index"):
            shell.user_ns[name] = lambda *args: caught[-1] if caught else None
        shell.user_ns["example_texts"] = ["", "Un café… and no plot.", " Wonderful! "]
        time.sleep(0.01)


def chat():
    while True:
        print("25.0", caught[-3:])
        time.sleep(0.2)


for work in (watch, rewrite, chat):
    threading.Thread(target=work, daemon=True).start()


def read_reviews(folder):
    threading.Thread(target=time.sleep, args=(1e6,)).start()
    return caught[-1] if caught else ([], [])
''',
    **dict.fromkeys(
        "split-words build-word-index texts-to-sequences pad-sequences shuffle-and-split".split(),
        "",
    ),
}

MAX_POINTS = 0
