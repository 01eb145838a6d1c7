"""All of the process's memory is searched for checks, answers and traces of earlier students."""

ASSIGNMENT = "tokenizer"
ITEMS = (7, 15, 22)
STOPPED_BY = "nothing secret was ever in the memory of the process that kernels are forked from"
LIMITS = {"cell": 30}

CELLS = {
    "read-reviews": r"""
import re

# Patterns that do not match themselves, so that this cell's own text is not what is found.
WANTED = (
    rb"[C]ANARY|[t]est_labels_follow|[m]ark.grade_cell|[B]EGIN SOLUTION|[r]eference.split_words"
    rb"|[t]est_every_review_has|[c]ourse.reference|[d]ef compare_words|[g]radebook.db"
)
found, size = [], 0
with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", buffering=0) as memory:
    for line in maps:
        place, rights, *_, name = (line.split() + [""])[:7]
        if not rights.startswith("rw") or name in ("[vvar]", "[vsyscall]"):
            continue
        start, end = (int(number, 16) for number in place.split("-"))
        try:
            memory.seek(start)
            while start < end:
                part = memory.read(min(end - start, 1 << 24))
                if not part:
                    break
                size += len(part)
                for match in re.finditer(WANTED, part):
                    about = part[max(0, match.start() - 100) : match.end() + 300]
                    found.append((hex(start + match.start()), about))
                start += len(part)
        except OSError as error:
            print("refused", line.strip(), error.strerror)
print("SEARCHED", size >> 20, "MiB")
for place, about in found[:50]:
    print("FOUND", place, about)
""",
    **dict.fromkeys(
        "split-words build-word-index texts-to-sequences pad-sequences shuffle-and-split".split(),
        "",
    ),
}

MAX_POINTS = 0
