"""Memory and descriptors of other processes, by tracing and by all the newer ways to them."""

ASSIGNMENT = "glove_matrix"
ITEMS = (18, 20)
STOPPED_BY = "those system calls are not allowed, and the first process may not be looked into"

CELLS = {
    "parse-glove": r"""
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
target, buffer = os.getppid(), ctypes.create_string_buffer(64)
local = (ctypes.c_void_p * 2)(ctypes.addressof(buffer), 64)
remote = (ctypes.c_void_p * 2)(0x400000, 64)
CALLS = {
    "ptrace attach": (101, 16, target, 0, 0),
    "ptrace seize": (101, 0x4206, target, 0, 0),
    "process_vm_readv": (310, target, local, 1, remote, 1, 0),
    "process_vm_writev": (311, target, local, 1, remote, 1, 0),
    "kcmp": (312, target, os.getpid(), 0, 0, 0),
    "pidfd_getfd": (438, os.pidfd_open(target), 0, 0),
    "process_madvise": (440, os.pidfd_open(target), local, 1, 21, 0),
    "move_pages": (279, target, 0, None, None, None, 0),
    "migrate_pages": (256, target, 0, None, None),
    "perf_event_open": (298, buffer, target, -1, -1, 0),
    "setns": (308, os.pidfd_open(target), 0x20000000),
}
for name, (number, *arguments) in CALLS.items():
    code = libc.syscall(number, *arguments)
    error = os.strerror(ctypes.get_errno())
    print("SUCCEEDED" if code >= 0 else "refused", name, code, error)
for process in {1, target}:
    for name in ("mem", "environ", "maps", "auxv", "fd/0", "fd/3", "root/home", "map_files"):
        for flags in (os.O_RDONLY, os.O_RDWR):
            try:
                descriptor = os.open(f"/proc/{process}/{name}", flags)
                print("OPENED", process, name, flags, os.read(descriptor, 100))
            except OSError as error:
                print("refused", process, name, error.strerror)
    for name, text in (("oom_score_adj", "1000"), ("coredump_filter", "0"), ("comm", "x")):
        try:
            print("WROTE", process, name, Path(f"/proc/{process}/{name}").write_text(text))
        except OSError as error:
            print("refused", process, name, error.strerror)
""",
    **dict.fromkeys("build-embedding-matrix coverage nearest-words analogy".split(), ""),
}

MAX_POINTS = 0
