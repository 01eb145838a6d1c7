"""Processes whose first thread ends while another one fills memory: their status tells of none."""

ASSIGNMENT = "tokenizer"
ITEMS = (19, 9)
STOPPED_BY = "the keeper asks the threads that are left, and ends the box"
LIMITS = {"cell": 20, "notebook": 60}

CELLS = {
    "read-reviews": """
import ctypes
import threading
import time

EXIT_OF_ONE_THREAD = 60


def eat():
    kept = [os.urandom(1 << 20) * 1024 for _ in range(2)]
    print("FILLED", len(kept), "GIGABYTES", flush=True)
    time.sleep(60)


for _ in range(3):
    if os.fork() == 0:
        threading.Thread(target=eat).start()
        ctypes.CDLL(None).syscall(EXIT_OF_ONE_THREAD, 0)
time.sleep(15)
print("SIX GIGABYTES STAND")
""",
    **dict.fromkeys(
        "split-words build-word-index texts-to-sequences pad-sequences shuffle-and-split".split(),
        "",
    ),
}

MAX_POINTS = 0
REVIEW = True
