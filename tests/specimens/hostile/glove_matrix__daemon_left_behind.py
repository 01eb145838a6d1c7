"""A daemon without parent, group or terminal waits for the next kernel, and kills around it."""

ASSIGNMENT = "glove_matrix"
ITEMS = (9, 18)
STOPPED_BY = "the box ends with its kernel, and takes every process in it along"
LIMITS = {"cell": 10, "call": 4, "notebook": 60}

CELLS = {
    "parse-glove": r"""
import signal
import subprocess
import time

before = sorted(int(name) for name in os.listdir("/proc") if name.isdigit())
survived = Path("/tmp/daemon").exists() or Path("/tmp/clock").exists()
if os.fork() == 0:
    os.setsid()
    if os.fork():
        os._exit(0)
    for number in set(signal.valid_signals()) - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    os.closerange(0, 1024)
    os.chdir("/")
    while True:
        for place in ("/tmp", "/dev/shm", "/home/student", "/run/kernel"):
            Path(place, "daemon").write_text(str(os.getpid()))
        for name in os.listdir("/proc"):
            if name.isdigit() and int(name) not in (*before, os.getpid()):
                os.kill(int(name), signal.SIGKILL)
        time.sleep(0.05)
shell = "setsid nohup sh -c 'trap : HUP INT TERM; while :; do date > /tmp/clock; sleep 1; done' &"
subprocess.Popen(["sh", "-c", shell], stdout=subprocess.DEVNULL)
""",
    "coverage": """
def coverage(word_index, vectors, max_words):
    os._exit(0)
""",
    "nearest-words": """
print("A DAEMON SURVIVED ITS KERNEL" if survived or len(before) > 2 else "no daemon", before)
""",
    **dict.fromkeys("build-embedding-matrix analogy".split(), ""),
}

MAX_POINTS = 0
