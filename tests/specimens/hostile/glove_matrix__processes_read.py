"""The environment, and all that /proc tells of this process, of its parents and of all others."""

ASSIGNMENT = "glove_matrix"
ITEMS = (15,)
STOPPED_BY = "process and mount namespaces of its own, and an environment made for it"

CELLS = {
    "parse-glove": r"""
def show(path):
    try:
        content = Path(path).read_bytes()[:3000]
    except OSError as error:
        content = error.strerror.encode()
    print("READ", path, content.replace(b"\0", b" ").decode("utf-8", "replace"))


print("ENVIRONMENT", dict(os.environ))
processes = sorted(int(name) for name in os.listdir("/proc") if name.isdigit())
print("PROCESSES", processes)
for process in {1, 2, os.getppid(), os.getpid(), *processes}:
    for name in ("cmdline", "environ", "maps", "status", "stack", "syscall"):
        show(f"/proc/{process}/{name}")
    for name in ("root", "cwd", "exe", "fd"):
        link = f"/proc/{process}/{name}"
        try:
            inside = [os.readlink(link)] if os.path.islink(link) else []
            inside += os.listdir(link) if os.path.isdir(link) else []
        except OSError as error:
            inside = [error.strerror]
        print("LOOKED", link, inside[:40])
for path in ("self/mountinfo", "self/cgroup", "net/unix", "net/tcp", "keys", "cmdline", "kmsg"):
    show(f"/proc/{path}")
for path in ("sched_debug", "timer_list", "kallsyms", "kcore", "sysrq-trigger", "locks", "version"):
    show(f"/proc/{path}")
for path in ("/proc/1/root/etc/shadow", "/etc/shadow", "/dev/mem", "/dev/sda", "/sys/kernel/notes"):
    show(path)
""",
    **dict.fromkeys("build-embedding-matrix coverage nearest-words analogy".split(), ""),
}

MAX_POINTS = 0
