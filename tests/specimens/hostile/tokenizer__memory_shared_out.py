"""More memory than the box may have, in portions that no process's own limit objects to."""

ASSIGNMENT = "tokenizer"
ITEMS = (19,)
STOPPED_BY = "the keeper adds up what all processes of the box hold, and ends it"
LIMITS = {"cell": 20, "notebook": 60}

CELLS = {
    "read-reviews": """
import mmap
import time

SIZE, PAGE = 1 << 30, 4096


def fill():
    area = mmap.mmap(-1, SIZE, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    for start in range(0, SIZE, PAGE):
        area[start] = 1
    return area


# Five times a gigabyte, where three are allowed; a little machine has more than that.
for number in range(5):
    if os.fork() == 0:
        os.setsid()
        area = fill()
        print("FILLED A GIGABYTE, NUMBER", number, flush=True)
        time.sleep(60)
        os._exit(0)
time.sleep(15)
print("FIVE GIGABYTES STAND")
""",
    **dict.fromkeys(
        "split-words build-word-index texts-to-sequences pad-sequences shuffle-and-split".split(),
        "",
    ),
}

MAX_POINTS = 0
REVIEW = True
