"""Shared memory, filled and then taken out of the process's own tables, where it would count."""

ASSIGNMENT = "tokenizer"
ITEMS = (19,)
STOPPED_BY = "shared mappings of no file do not exist, nor does the device that would give some"
LIMITS = {"cell": 20, "notebook": 60}

CELLS = {
    "read-reviews": """
import mmap

SIZE = 256 << 20
kept = []


def fill_and_let_go(file, flags):
    area = mmap.mmap(file, SIZE, flags)
    for start in range(0, SIZE, 4096):
        area[start] = 1
    area.madvise(mmap.MADV_DONTNEED)
    kept.append(area)
    print("HELD BY NOBODY:", len(kept) * SIZE, flush=True)


for _ in range(20):
    try:
        fill_and_let_go(-1, mmap.MAP_SHARED | mmap.MAP_ANONYMOUS)
    except OSError:
        fill_and_let_go(os.open("/dev/zero", os.O_RDWR), mmap.MAP_SHARED)
""",
    **dict.fromkeys(
        "split-words build-word-index texts-to-sequences pad-sequences shuffle-and-split".split(),
        "",
    ),
}

MAX_POINTS = 0
