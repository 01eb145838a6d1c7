"""The box from inside: what a kernel tries and what comes of it."""

from __future__ import annotations

import functools
import os
import shutil
import signal
import site
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from glovebox import wire
from glovebox.limits import Limits
from glovebox.sandbox import launch, memory
from glovebox.sandbox.box import HOME
from glovebox.sandbox.client import Nursery
from glovebox.session import KernelDied, Session

LONG = 60.0
REPO = Path(__file__).parents[2]


class Inside:
    """Runs Python in a boxed kernel."""

    def __init__(self) -> None:
        self.session = Session(Limits(grace=1.0), {"words.txt": b"a b"})

    def run(self, source: str) -> str:
        """What some statements print, or the last line of what went wrong."""
        execution = self.session.execute(source, LONG)
        return "".join(
            output.get("text", "") or f"{output.get('ename')}: {output.get('evalue')}"
            for output in execution.outputs
        )

    def value(self, expression: str) -> Any:
        """The value of an expression; the text of the exception if it raises one."""
        self.session.execute(
            f"try: _value = {expression}\n"
            "except BaseException as error: _value = f'{type(error).__name__}: {error}'",
            LONG,
        )
        return wire.decode(self.session.ask(wire.encode(("get", "_value")), LONG))[1]


@pytest.fixture(scope="module")
def shared() -> Iterator[Inside]:
    inside = Inside()
    yield inside
    inside.session.kill()


@pytest.fixture
def inside(shared: Inside) -> Inside:
    if not shared.session.alive:
        shared.session.start()
    shared.run("import ctypes, errno, os, socket, subprocess, sys\nfrom pathlib import Path")
    return shared


# --- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/root", "/work", "/etc/shadow", "/sys/kernel", "/boot", "/var", "/proc/1/root/root"]
)
def test_the_machine_is_not_there(inside: Inside, path: str) -> None:
    found = inside.value(f"os.listdir({path!r})")
    # What is shown of the Python installation may lie below; nothing else does.
    prefixes = {Path(os.path.realpath(prefix)) for prefix in inside.value("sys.path") if prefix}
    if isinstance(found, list):
        for name in found:
            below = Path(path, name)
            assert any(below in prefix.parents or below == prefix for prefix in prefixes), below
    else:
        assert found.startswith(("FileNotFoundError", "PermissionError", "NotADirectoryError"))


def test_of_the_course_nothing_but_the_kernel_part_is_there(inside: Inside) -> None:
    for name in ("tests", "source", "course", "gradebook.db", ".git", "nbgrader_config.py"):
        assert inside.value(f"os.path.exists({str(REPO / name)!r})") is False
    assert inside.value("__import__('course')").startswith("ModuleNotFoundError")


@pytest.mark.parametrize(
    "place",
    ["/usr/x", "/x", "/etc/x", "os.__file__", "'words.txt'", "/proc/sys/kernel/core_pattern"],
)
def test_what_is_shown_cannot_be_changed(inside: Inside, place: str) -> None:
    path = place if place.startswith(("os", "'")) else repr(place)
    said = inside.value(f"open({path}, 'w')")
    assert said.startswith(("OSError: [Errno 30]", "PermissionError")), said
    assert inside.value("open('words.txt').read()") == "a b"


def test_the_exchange_is_covered(monkeypatch: pytest.MonkeyPatch) -> None:
    """An ordinary user's kernel could read what that user has collected, in /usr as it may be."""
    folder = next(path for path in Path(sys.prefix, "share").iterdir() if path.is_dir())
    assert "/usr/local/share/nbgrader" in launch.hidden()
    monkeypatch.setattr(launch, "hidden", lambda: (str(folder),))
    inside = Inside()
    inside.session.start()
    try:
        assert any(folder.iterdir())
        assert inside.value(f"__import__('os').listdir({str(folder)!r})") == []
    finally:
        inside.session.kill()


def test_data_may_be_thousands_of_files_in_folders() -> None:
    data = {f"reviews/{n % 2}/{n}.txt": b"good" for n in range(3_000)} | {"top.txt": b"t"}
    session = Session(Limits(), data)
    session.start()
    shown = "from pathlib import Path\nlen(list(Path('reviews').rglob('*.txt')))"
    assert session.execute(shown, LONG).outputs[0]["data"]["text/plain"] == "3000"
    execution = session.execute("Path('reviews/0/0.txt').write_text('mine')", LONG)
    assert execution.outputs[0]["data"]["text/plain"] == "4"
    session.kill()


def test_links_do_not_lead_out(inside: Inside) -> None:
    inside.run(f"os.symlink({str(REPO / 'pyproject.toml')!r}, 'link')")
    assert inside.value("open('link').read()").startswith("FileNotFoundError")


@pytest.mark.slow
def test_its_own_files_are_in_memory_and_limited(inside: Inside) -> None:
    for folder in (HOME, "/tmp", "/dev/shm"):
        inside.run(f"open('{folder}/mine', 'w').write('kept')")
        assert inside.value(f"open('{folder}/mine').read()") == "kept"
    said = inside.run(
        "for number in range(5):\n"
        "    with open(f'big{number}', 'wb') as file:\n"
        "        for _ in range(200): file.write(bytes(1 << 20))"
    )
    assert "No space left" in said
    inside.run("for number in range(5): Path(f'big{number}').unlink(missing_ok=True)")
    said = inside.run("with open('huge', 'wb') as file: file.truncate(1 << 30)")
    assert "File too large" in said
    said = inside.run("for number in range(200_000): open(f'/tmp/f{number}', 'w').close()")
    assert "No space left" in said
    inside.session.kill()


def test_no_descriptor_of_ours_is_open(inside: Inside) -> None:
    names = inside.value(
        "[os.readlink(f'/proc/self/fd/{n}') for n in os.listdir('/proc/self/fd')"
        " if os.path.lexists(f'/proc/self/fd/{n}')]"
    )
    allowed = ("/dev/null", "socket:", "anon_inode:", "pipe:", "/proc/")
    assert all(name.startswith(allowed) for name in names), names


# --- processes ------------------------------------------------------------------------------------


def test_it_is_nobody_and_can_become_nobody_else(inside: Inside) -> None:
    lines = inside.value("open('/proc/self/status').read()").splitlines()
    status = {name: text.strip() for name, _, text in (line.partition(":") for line in lines)}
    for kind in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"):
        assert int(status[kind], 16) == 0
    assert status["NoNewPrivs"] == "1"
    assert status["Seccomp"] == "2"
    assert inside.value("os.getuid()") != 0
    if os.getuid() == 0:
        assert inside.value("os.getuid()") > 1_000_000
    for attempt in ("setuid(0)", "setgid(0)", "setresuid(0, 0, 0)", "setgroups([0])"):
        assert inside.value(f"os.{attempt}").startswith(("PermissionError", "OSError"))


def test_other_processes_are_not_seen(inside: Inside) -> None:
    pids = inside.value("[int(name) for name in os.listdir('/proc') if name.isdigit()]")
    assert len(pids) == 2
    assert inside.value(f"os.kill({os.getpid()}, 9)").startswith("ProcessLookupError")
    for victim in (1, -1):
        inside.value(f"os.kill({victim}, 0)")
    assert inside.value("1 + 1") == 2


@pytest.mark.parametrize(
    ("number", "name"),
    [
        (101, "ptrace"),
        (165, "mount"),
        (161, "chroot"),
        (272, "unshare"),
        (308, "setns"),
        (310, "process_vm_readv"),
        (321, "bpf"),
        (250, "keyctl"),
        (298, "perf_event_open"),
        (253, "inotify_init"),
        (294, "inotify_init1"),
        (319, "memfd_create"),
        (323, "userfaultfd"),
        (425, "io_uring_setup"),
        (435, "clone3"),
        (438, "pidfd_getfd"),
        (442, "mount_setattr"),
        (9999, "a call of the future"),
    ],
)
@pytest.mark.skipif(os.uname().machine != "x86_64", reason="numbers of another architecture")
def test_calls_that_are_not_listed_do_not_exist(inside: Inside, number: int, name: str) -> None:
    inside.run(
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        f"result = libc.syscall({number}, 0, 0, 0, 0, 0)\nerror = ctypes.get_errno()"
    )
    assert (inside.value("result"), inside.value("errno.errorcode[error]")) == (-1, "ENOSYS"), name


def test_no_new_namespace_by_clone(inside: Inside) -> None:
    inside.run(
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        "result = libc.syscall(56, 0x10000000 | 17, 0, 0, 0, 0)\nerror = ctypes.get_errno()"
    )
    assert inside.value("result") == -1
    assert inside.value("errno.errorcode[error]") == "ENOSYS"


def test_no_memory_that_nobody_holds(inside: Inside) -> None:
    """A page of such a mapping stays when no process has it in its tables any more."""
    for flags in ("mmap.MAP_SHARED | mmap.MAP_ANONYMOUS", "3 | mmap.MAP_ANONYMOUS"):
        assert "not implemented" in inside.run(f"import mmap; mmap.mmap(-1, 4096, {flags})")
    assert inside.value("os.path.exists('/dev/zero')") is False
    # Mappings of its own, and shared ones of its files, are for everybody.
    inside.run(
        "own = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)\n"
        "import multiprocessing.sharedctypes\n"
        "shared = multiprocessing.sharedctypes.RawArray('i', [1, 2, 3])"
    )
    assert inside.value("(len(own), list(shared))") == (4096, [1, 2, 3])


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="numbers of another architecture")
@pytest.mark.parametrize("command", [1024, 1026, 1031, (1 << 32) + 1024])
def test_nothing_is_asked_of_files_that_others_notice(inside: Inside, command: int) -> None:
    """Leases make others wait who open a file; watches and large pipes are the user's, and few."""
    inside.run(
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        "file = os.open(os.__file__, os.O_RDONLY)\n"
        f"result = libc.syscall(72, file, ctypes.c_ulong({command}), ctypes.c_ulong(1))\n"
        "error = ctypes.get_errno()"
    )
    assert (inside.value("result"), inside.value("errno.errorcode[error]")) == (-1, "ENOSYS")


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="numbers of another architecture")
def test_memory_of_a_process_whose_first_thread_has_ended() -> None:
    child = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import ctypes, os, threading, time\n"
            "if os.fork() == 0:\n"
            "    kept = os.urandom(64 << 20)\n"
            "    threading.Thread(target=time.sleep, args=(60,)).start()\n"
            "    print(os.getpid(), flush=True)\n"
            "    ctypes.CDLL(None).syscall(60, 0)\n"
            "time.sleep(60)\n",
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    grandchild = int(child.stdout.readline())
    try:
        status = Path(f"/proc/{grandchild}/status")
        while "(zombie)" not in status.read_text():
            pass
        assert memory.used(child.pid, 64 << 20) > 64 << 20
        assert memory.used(child.pid, 256 << 20) < 256 << 20
    finally:
        os.kill(grandchild, signal.SIGKILL)
        child.kill()
        child.wait()
        child.stdout.close()


@pytest.mark.parametrize("largest", [0, 80], ids=["forks", "beside a larger one"])
def test_memory_that_forks_share_counts_once(largest: int) -> None:
    child = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import os, time\n"
            f"if {largest} and os.fork() == 0:\n"
            f"    kept = os.urandom({largest} << 20)\n"
            "    os.write(1, b'.')\n"
            "elif os.fork() == 0:\n"
            "    shared = os.urandom(64 << 20)\n"
            "    os.fork() and os.fork()\n"
            "    own = os.urandom(8 << 20)\n"
            "    os.write(1, b'.')\n"
            "time.sleep(60)\n",
        ],
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert child.stdout is not None
    try:
        for _ in range(4 if largest else 3):
            child.stdout.read(1)
        really = largest + 64 + 3 * 8
        assert memory.used(child.pid, 1 << 30) > (largest + 3 * (64 + 8)) << 20
        assert really << 20 < memory.at_once(child.pid, 0) < (really + 40) << 20
        assert memory.at_once(child.pid, 1 << 30) == 1 << 30
        at_least = max(largest, 64 + 8)
        assert at_least << 20 < memory.at_once(child.pid, 0, pages=False) < (at_least + 20) << 20
    finally:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()


@pytest.mark.slow
def test_a_fork_bomb_stays_in_its_box(inside: Inside) -> None:
    said = inside.run(
        "import time\nwhile True:\n    if os.fork() == 0:\n        time.sleep(100); os._exit(0)"
    )
    assert "BlockingIOError" in said
    assert inside.value("1 + 1") == 2
    inside.session.kill()


@pytest.mark.slow
def test_too_much_memory_costs_the_cell_or_the_box(inside: Inside) -> None:
    assert "MemoryError" in inside.run("x = bytearray(4 << 30)")
    assert inside.value("1 + 1") == 2
    with pytest.raises(KernelDied, match="MiB of memory"):
        inside.session.execute(
            "import time\n"
            "for _ in range(8):\n"
            "    if os.fork() == 0:\n"
            "        kept = [bytearray(os.urandom(1 << 20)) * 700]\n"
            "        time.sleep(100); os._exit(0)\n"
            "time.sleep(100)",
            LONG,
        )


def test_nothing_survives_the_box(inside: Inside) -> None:
    before = {process.pid for process in psutil.Process().children(recursive=True)}
    inside.run(
        "for new in (False, True):\n"
        "    subprocess.Popen([sys.executable, '-c', 'while True: pass'], start_new_session=new)\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    if os.fork() == 0:\n"
        "        while True: pass\n"
        "    os._exit(0)"
    )
    busy = {process.pid for process in psutil.Process().children(recursive=True)} - before
    assert len(busy) >= 3
    inside.session.kill()
    assert not any(psutil.pid_exists(pid) for pid in busy)


# --- the network ----------------------------------------------------------------------------------


@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6", "AF_NETLINK", "AF_PACKET"])
def test_there_is_no_network(inside: Inside, family: str) -> None:
    said = inside.value(f"socket.socket(socket.{family}, socket.SOCK_RAW)")
    assert said.startswith("OSError: [Errno 95]")
    assert "gaierror" in inside.value("socket.getaddrinfo('example.org', 80)")


def test_no_socket_of_the_machine_can_be_reached(inside: Inside, tmp_path: Path) -> None:
    import socket

    with socket.socket(socket.AF_UNIX) as abstract:
        abstract.bind("\0glovebox-test")
        abstract.listen()
        said = inside.value("socket.socket(socket.AF_UNIX).connect(chr(0) + 'glovebox-test')")
    assert said.startswith(("ConnectionRefusedError", "PermissionError"))


# --- warm and cold --------------------------------------------------------------------------------


@pytest.fixture
def nurseries(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., list[Nursery]]]:
    """Have kernels started by new zygotes that import these modules."""
    made: list[Nursery] = []

    def new(modules: tuple[str, ...]) -> Nursery:
        made.append(Nursery(modules))
        return made[-1]

    def begin(*modules: str) -> list[Nursery]:
        monkeypatch.setattr(launch, "PRELOADED", modules)
        monkeypatch.setattr(launch, "_nursery", functools.cache(new))
        return made

    yield begin
    for nursery in made:
        nursery.close()


def test_a_warm_kernel_has_it_all_imported(inside: Inside) -> None:
    assert inside.session.note == ""
    inside.session.start()
    wanted = "{'tensorflow', 'keras', 'matplotlib.pyplot'}"
    assert inside.value(f"{wanted} <= sys.modules.keys()")


def test_so_has_its_zygote_what_a_kernel_itself_imports(nurseries: Callable[..., Any]) -> None:
    def holds_zmq(*modules: str) -> bool:
        made = nurseries(*modules)
        launch.launch_boxed({}, Limits()).end()
        assert made[-1]._zygote is not None
        return "_zmq" in Path(f"/proc/{made[-1]._zygote.pid}/maps").read_text()

    assert holds_zmq("json")
    assert not holds_zmq()


@pytest.mark.parametrize(
    ("module", "why"),
    [
        (
            "import threading as t\nt.Thread(target=t.Event().wait, daemon=True).start()",
            "started 1 thread",
        ),
        ("raise SystemExit('no')", "no"),
        ("import os\nos._exit(3)", "did not start"),
    ],
)
def test_in_doubt_a_kernel_starts_cold(
    nurseries: Callable[..., list[Nursery]], module: str, why: str
) -> None:
    # A zygote imports only what is installed.
    name = f"glovebox_doubt_{os.getpid()}"
    path = Path(site.getsitepackages()[0], f"{name}.py")
    path.write_text(module)
    try:
        nurseries(name)
        session = Session(Limits(), {})
        session.start()
        assert "cold" in session.note
        assert why in session.note
        assert session.execute("1 + 1", LONG).outputs[0]["data"]["text/plain"] == "2"
        session.kill()
    finally:
        path.unlink()


@pytest.mark.slow
def test_a_zygote_that_died_is_replaced(nurseries: Callable[..., list[Nursery]]) -> None:
    made = nurseries()
    session = Session(Limits(), {})
    session.start()
    zygote = made[0]._zygote
    assert zygote is not None
    zygote.kill()
    zygote.wait()
    with pytest.raises(KernelDied):
        session.execute("import time\nwhile True: time.sleep(1)", LONG)
    session.start()
    assert session.execute("1 + 1", LONG).outputs[0]["data"]["text/plain"] == "2"
    session.kill()


@pytest.mark.slow
def test_the_grader_may_run_from_another_folder_than_the_installed_package(tmp_path: Path) -> None:
    """As where nbgrader, which looks into its working directory first, runs in another clone."""
    shutil.copytree(REPO / "glovebox", tmp_path / "glovebox")
    program = (
        f"import sys\nsys.path.insert(0, {str(tmp_path)!r})\n"
        "from glovebox.limits import Limits\nfrom glovebox.session import Session\n"
        "session = Session(Limits(), {})\nsession.start()\n"
        "print(session.__module__, session.execute('6 * 7', 60).outputs[0]['data'])\n"
        "session.kill()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert "42" in done.stdout, done.stderr


# --- ordinary work goes on ------------------------------------------------------------------------


def test_ordinary_work_goes_on(inside: Inside) -> None:
    assert inside.value("subprocess.run(['echo', 'hi'], capture_output=True).stdout") == b"hi\n"
    assert "student" in inside.run("!whoami")
    assert inside.value("os.path.expanduser('~')") == HOME
    assert inside.value("os.getcwd()") == HOME
    assert inside.value("__import__('getpass').getuser()") == "student"
    assert inside.value("__import__('socket').gethostname()") == "glovebox"
    assert inside.value(
        "list(map(abs, __import__('concurrent.futures', fromlist=['x'])"
        ".ThreadPoolExecutor(8).map(abs, range(-20, 0))))"
    ) == list(range(20, 0, -1))
    assert inside.value("len(__import__('tempfile').NamedTemporaryFile().name) > 5") is True


@pytest.mark.slow
def test_each_kernel_has_its_own_random_numbers() -> None:
    seen = set()
    for _ in range(3):
        inside = Inside()
        inside.session.start()
        seen.add(
            str(
                inside.value(
                    "(__import__('random').random(), "
                    "float(__import__('numpy').random.rand()), hash('x'))"
                )[:2]
            )
        )
        inside.session.kill()
    assert len(seen) == 3


def test_secrets_of_the_grader_do_not_travel(
    monkeypatch: pytest.MonkeyPatch, inside: Inside
) -> None:
    canary = "CANARY" + os.urandom(4).hex()
    monkeypatch.setenv("SECRET_TOKEN", canary)
    other = Inside()
    other.session.start()
    environment = other.value("open('/proc/self/environ').read() + repr(dict(os.environ))")
    other.session.kill()
    assert canary not in environment
    assert "SECRET" not in environment
