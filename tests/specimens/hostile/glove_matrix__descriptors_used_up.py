"""All descriptors, threads, terminals and locks are taken, so that nothing can be opened again."""

ASSIGNMENT = "glove_matrix"
ITEMS = (19,)
STOPPED_BY = "limits of the box; what is used up is missing to its own functions only"
LIMITS = {"cell": 10, "call": 3, "notebook": 40}

CELLS = {
    "coverage": """
import pty
import threading
import time

hoard = []


def take(what, get):
    count = 0
    try:
        while True:
            hoard.append(get())
            count += 1
    except (OSError, RuntimeError, MemoryError) as error:
        print(what, count, error)


def thread():
    one = threading.Thread(target=time.sleep, args=(1e6,))
    one.start()
    return one


take("terminals", pty.openpty)
for _ in range(3):
    if os.fork() == 0:
        os.closerange(3, 1024)
        take("files of another process", lambda: os.open("/dev/null", os.O_RDONLY))
        time.sleep(1e6)
take("threads", thread)
take("files", lambda: os.open("/dev/null", os.O_RDONLY))


def coverage(word_index, vectors, max_words):
    return open("/dev/null")
""",
    **dict.fromkeys("parse-glove build-embedding-matrix nearest-words analogy".split(), ""),
}

MAX_POINTS = 0
