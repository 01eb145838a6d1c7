"""Memory that is nobody's: tables for pages that are never written to, and so cost no page."""

ASSIGNMENT = "glove_matrix"
ITEMS = (19,)
STOPPED_BY = "the keeper counts page tables with what the processes of the box hold"
LIMITS = {"cell": 40, "notebook": 60}

CELLS = {
    "parse-glove": """
import mmap
import time

MAXIMUM = 4 << 30  # three are allowed; a little machine has more than this
KIND = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x4000  # nothing is set aside for it
STEP, AREA = 2 << 20, 1 << 40


def size():
    return int(Path("/proc/self/status").read_text().split("VmPTE:")[1].split()[0]) << 10


areas = []
while size() < MAXIMUM:
    area = mmap.mmap(-1, AREA, KIND, mmap.PROT_READ)
    areas.append(area)
    area.madvise(15)  # no huge pages: reading a byte of each 2 MB maps a table of 4 kB
    for start in range(0, AREA, STEP):
        area[start]
        if start % (STEP << 17) == 0:
            print("PAGE TABLES", size() >> 20, "MiB", flush=True)
            if size() > MAXIMUM:
                break
time.sleep(3)
print("FOUR GIGABYTES STAND")
""",
    **dict.fromkeys("build-embedding-matrix coverage nearest-words analogy".split(), ""),
}

MAX_POINTS = 0
REVIEW = True
