"""Signals to every process there might be: the first one, the parents, all at once, by number."""

ASSIGNMENT = "tokenizer"
ITEMS = (18,)
STOPPED_BY = "a process namespace of its own: only the box's processes have numbers in it"

CELLS = {
    "read-reviews": r"""
import resource
import signal

DEADLY = (signal.SIGKILL, signal.SIGSTOP, signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1)


def send(what, action, *arguments):
    try:
        print("SENT", what, action(*arguments))
        return True
    except OSError as error:
        print("refused", what, error.strerror)


def exists(number):
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        print("THERE, BUT SOMEBODY ELSE'S", number)
    return True


print("PROCESSES", [number for number in range(1, 70_000) if exists(number)], "self", os.getpid())
for number in DEADLY:
    send(f"{number.name} to 1", os.kill, 1, number)
    send(f"{number.name} to the parent", os.kill, os.getppid(), number)
send("SIGKILL to 1 by descriptor", signal.pidfd_send_signal, os.pidfd_open(1), signal.SIGKILL)
send("SIGKILL to group 1", os.killpg, 1, signal.SIGKILL)
send("memory of 1", resource.prlimit, 1, resource.RLIMIT_DATA, (0, 0))
send("descriptors of 1", resource.prlimit, 1, resource.RLIMIT_NOFILE, (0, 0))
send("processors of 1", os.sched_setaffinity, 1, {0})
send("priority of 1", os.setpriority, os.PRIO_PROCESS, 1, 19)
""",
    # Whom these reach nobody can tell afterwards who is in the same box.
    "split-words": """
if os.fork() == 0:
    os.setsid()
    os.kill(-1, signal.SIGTERM)
    os.kill(-1, signal.SIGKILL)
    os._exit(0)
os.wait()
""",
    **dict.fromkeys(
        "build-word-index texts-to-sequences pad-sequences shuffle-and-split".split(), ""
    ),
}

MAX_POINTS = 0
