"""What the next kernel might share with this one is patched in memory; then this one is ended."""

ASSIGNMENT = "glove_matrix"
ITEMS = (22, 6)
STOPPED_BY = (
    "each kernel is forked from a zygote that no student's code is ever in; pages are copied"
)

CELLS = {
    "parse-glove": """
import atexit
import builtins
import contextlib
import ctypes
import gc
import sys

survived = [name for name, module in sys.modules.items() if hasattr(module, "patched")]
builtins.patched = True
for module in list(sys.modules.values()):
    with contextlib.suppress(AttributeError, TypeError):
        module.patched = True
np.array_equal = np.allclose = lambda *args, **kwargs: True
os.register_at_fork(after_in_child=lambda: setattr(builtins, "patched", True))
atexit.register(print, "PATCH SURVIVED")
gc.unfreeze()
# The small number 251, which is one object for the whole process, becomes another one.
survived += [250 + 1] if str(250 + 1) != "251" else []
ctypes.c_uint32.from_address(id(251) + 24).value = 9
shared = [line for line in Path("/proc/self/maps").open() if line.split()[1][1::2] == "ws"]
print("SHARED MEMORY THAT CAN BE WRITTEN", shared)
for line in shared:
    start, end = (int(number, 16) for number in line.split()[0].split("-"))
    ctypes.memset(start, 0xFF, end - start)
""",
    "coverage": """
def coverage(word_index, vectors, max_words):
    os._exit(0)
""",
    "nearest-words": """
print("PATCHES SURVIVED" if survived else "all is as new", survived)
""",
    **dict.fromkeys("build-embedding-matrix analogy".split(), ""),
}

MAX_POINTS = 0
