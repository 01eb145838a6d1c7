"""Functions that stop the whole process, its threads or its messages, instead of answering."""

ASSIGNMENT = "glove_matrix"
ITEMS = (19,)
STOPPED_BY = "time limits of the grader's own clock; one stopped process is killed as any other"
LIMITS = {"cell": 4, "call": 2, "notebook": 40, "grace": 1}

CELLS = {
    "parse-glove": """
import signal
import threading
import time

kernel = get_ipython().kernel


def parse_glove(path, embedding_dim):
    os.kill(os.getpid(), signal.SIGSTOP)
""",
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    # The thread that would be interrupted is no longer the one that works.
    worker = threading.Thread(target=lambda: time.sleep(1e6))
    worker.start()
    while worker.is_alive():
        try:
            worker.join()
        except KeyboardInterrupt:
            pass
""",
    "coverage": """
def coverage(word_index, vectors, max_words):
    kernel.session.send = lambda *args, **kwargs: None
    return 1.0
""",
    "nearest-words": """
def nearest_words(word, vectors, k):
    os.closerange(0, 1024)
    return list(vectors)
""",
    "analogy": """
def analogy(a, b, c, vectors):
    os.execv("/bin/sleep", ["sleep", "100000"])
""",
}

MAX_POINTS = 0
