"""Sessions with kernels that behave badly: every wait ends and what was shown before is kept."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from glovebox import clock, wire
from glovebox.limits import Limits
from glovebox.openkernel import OpenKernel
from glovebox.processes import remove_tree
from glovebox.session import CallTimeout, KernelDied, Session

LIMITS = Limits(grace=1.0, output_bytes=2_000)
LONG = 60.0


def call(session: Session, name: str, *arguments: Any, timeout: float = LONG) -> Any:
    return wire.decode(
        session.ask(wire.encode(("call", name, list(arguments), {})), timeout=timeout)
    )


def value(session: Session, expression: str) -> Any:
    """The value of an expression inside."""
    session.execute(f"_value = {expression}", LONG)
    return wire.decode(session.ask(wire.encode(("get", "_value")), LONG))[1]


def shown(execution: Any) -> str:
    return "".join(output.get("text", "") for output in execution.outputs)


def until(condition: Callable[[], bool]) -> bool:
    """Whether something comes true before long."""
    end = time.monotonic() + 20
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


DATA = {"data/words.txt": b"a b"}


@pytest.fixture(scope="module", params=[True, False], ids=["boxed", "open"])
def shared(request: pytest.FixtureRequest) -> Iterator[Session]:
    session = Session(LIMITS, DATA, sandbox=request.param)
    yield session
    session.kill()


@pytest.fixture
def session(shared: Session) -> Session:
    """A live kernel, a new one only when the last test killed it."""
    if not shared.alive:
        shared.start()
    shared.lost = False
    return shared


@pytest.fixture
def open_session() -> Iterator[Session]:
    """A live kernel that is not confined, as seen from here."""
    session = Session(LIMITS, DATA, sandbox=False)
    session.start()
    yield session
    session.kill()


def scratch(session: Session) -> Path:
    assert isinstance(session._kernel, OpenKernel)
    return session._kernel.scratch


# --- a kernel that is alive and well --------------------------------------------------------------


def test_cells_run_and_show(session: Session) -> None:
    execution = session.execute("print('out')\n1 + 1", LONG)
    assert [output["output_type"] for output in execution.outputs] == ["stream", "execute_result"]
    assert execution.execution_count is not None
    assert not execution.timed_out
    assert not execution.output_cut
    assert execution.malformed == 0
    broken = session.execute("print('before')\n1 / 0\nprint('after')", LONG)
    assert shown(broken) == "before\n"
    assert broken.outputs[-1]["ename"] == "ZeroDivisionError"


@pytest.mark.parametrize(
    ("source", "name", "words"),
    [
        ("assert [] == 1, list(range(2_000_000))", "AssertionError", "[0, 1, 2, 3"),
        ("print('x' * 10_000)\n1 / 0", "ZeroDivisionError", "division by zero"),
        ("raise ValueError('\\ud83d alone')", "ValueError", "\\ud83d alone"),
        ("raise ExceptionGroup('many', [ValueError(1)])", "ExceptionGroup", "many (1 sub-exc"),
        ("%nosuchmagic\ndef f(): pass", "UsageError", "Line magic function `%nosuchmagic` not"),
        (
            "class Bare(Exception):\n    def _render_traceback_(s): pass\nraise Bare('x')",
            "Bare",
            "x",
        ),
    ],
)
def test_what_stopped_a_cell_is_known(session: Session, source: str, name: str, words: str) -> None:
    execution = session.execute(source, LONG)
    assert not execution.timed_out
    assert execution.error is not None
    assert execution.error["ename"] == name
    assert execution.error["evalue"].startswith(words)
    assert value(session, "1 + 1") == 2


def test_the_shell_is_known_as_jupyters(session: Session) -> None:
    assert value(session, "type(get_ipython()).__name__") == "ZMQInteractiveShell"
    assert value(session, "__import__('rich.console').console._is_jupyter()") is True


def test_a_reply_that_is_too_large_is_a_reply(session: Session) -> None:
    execution = session.execute("raise type('E' * 10_000_000, (Exception,), {})", LONG)
    assert (execution.timed_out, execution.finished) == (False, False)
    assert value(session, "1 + 1") == 2


def test_an_exception_that_is_caught_and_shown_stops_nothing(session: Session) -> None:
    shows = "try:\n    1 / 0\nexcept ZeroDivisionError:\n    get_ipython().showtraceback()"
    execution = session.execute(shows, LONG)
    assert [output["output_type"] for output in execution.outputs] == ["error"]
    assert (execution.finished, execution.error, execution.stop) == (True, None, "")


def test_an_open_kernel_has_nothing_of_ours(open_session: Session) -> None:
    session = open_session
    environment = value(session, "open('/proc/self/environ').read()").split("\0")[:-1]
    assert {entry.partition("=")[0] for entry in environment} == set(
        "PATH HOME TMPDIR LANG MPLCONFIGDIR IPYTHONDIR MPLBACKEND OMP_NUM_THREADS "
        "OPENBLAS_NUM_THREADS TF_NUM_INTRAOP_THREADS TF_NUM_INTEROP_THREADS TF_CPP_MIN_LOG_LEVEL "
        "TF_ENABLE_ONEDNN_OPTS CUDA_VISIBLE_DEVICES".split()
    )
    assert value(session, "__import__('os').getcwd()") == str(scratch(session))
    assert value(session, "open('data/words.txt').read()") == "a b"
    streams = "[__import__('os').readlink(f'/proc/self/fd/{fd}') for fd in range(3)]"
    assert set(value(session, streams)) == {"/dev/null"}


@pytest.mark.parametrize("sandbox", [True, False])
def test_modules_in_the_scratch_folder_shadow_nothing_at_the_start(sandbox: bool) -> None:
    data = {"numpy.py": b"raise SystemExit", "sitecustomize.py": b"1 / 0"}
    session = Session(LIMITS, data, sandbox)
    try:
        session.start()
        assert call(session, "len") == ("missing", "len")
    finally:
        session.kill()


def test_functions_answer_between_cells(session: Session) -> None:
    session.execute("def double(x):\n    print('noise')\n    return 2 * x", LONG)
    assert call(session, "double", 21) == ("value", 42)
    assert call(session, "double", "a" * 1_000_000)[1] == "a" * 2_000_000


def test_transformers_and_hooks_do_not_see_the_gloves(session: Session) -> None:
    session.execute(
        """
        import IPython
        shell = get_ipython()
        def f(): return 5
        for hooks in (shell.input_transformers_post, shell.ast_transformers):
            hooks.append(lambda *a: 1 / 0)
        shell.run_cell = shell.run_cell_async = lambda *a, **k: 1 / 0
        shell.showtraceback = None
        """.replace("\n        ", "\n"),
        LONG,
    )
    assert call(session, "f") == ("value", 5)
    session.kill()


def test_cells_may_await(session: Session) -> None:
    awaiting = """
        import asyncio
        async def later(x):
            await asyncio.sleep(0.01)
            return x
        task = asyncio.ensure_future(later(2))
        found = await asyncio.gather(later(1), task)
        print(found)
        """.replace("\n        ", "\n")
    assert shown(session.execute(awaiting, LONG)) == "[1, 2]\n"
    assert value(session, "found") == [1, 2]


# --- time -----------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_cell_over_its_time_is_interrupted_and_keeps_its_outputs(session: Session) -> None:
    session.execute("kept = 1", LONG)
    execution = session.execute("print('begun', flush=True)\nwhile True: pass", 3)
    assert execution.timed_out
    assert shown(execution) == "begun\n"
    assert value(session, "kept") == 1


@pytest.mark.slow
def test_time_in_which_the_grader_is_stopped_is_nobodys() -> None:
    # As by Ctrl-Z, or on a machine that is suspended; the kernel may run on, or not. In a process
    # of its own: a shell that sees its tests stopped would take them for suspended.
    program = """
import os, subprocess, time
from glovebox.limits import Limits
from glovebox.session import Session
session = Session(Limits(), {}, sandbox=False)
session.start()
stop = f"sleep 1; kill -STOP {os.getpid()}; sleep 15; kill -CONT {os.getpid()}"
before = session.clock(), time.monotonic()
with subprocess.Popen(["sh", "-c", stop]):
    execution = session.execute("import time\\ntime.sleep(2)\\nprint('done')", 10.0)
assert execution.outputs[0]["text"] == "done\\n", execution
assert not execution.timed_out
assert session.clock() - before[0] < time.monotonic() - before[1] - 10
session.kill()
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=300)


@pytest.mark.slow
def test_time_in_which_the_grader_waits_for_a_processor_counts() -> None:
    # Or a submission that starts enough processes could lengthen its own time. Here the grader has
    # the least claim of all to the one processor that they are on, and waits a second at a time.
    program = """
import os, subprocess, time
from glovebox import clock
clock._STOPPED = 0.3
watch = clock.Clock()
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
busy = [subprocess.Popen(["timeout", "15", "sh", "-c", "while :; do :; done"]) for _ in range(60)]
os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
before, longest = watch.now() - time.monotonic(), 0.0
while any(process.poll() is None for process in busy):
    began = time.monotonic()
    with watch.waiting(0.1):
        time.sleep(0.1)
    longest = max(longest, time.monotonic() - began - 0.1)
print(longest, watch.now() - time.monotonic() - before)
assert longest > clock._STOPPED, "the grader did not have to wait"
assert abs(watch.now() - time.monotonic() - before) < 0.1
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=300)


def test_the_readings_of_a_clock_may_themselves_be_held_up(monkeypatch: pytest.MonkeyPatch) -> None:
    passed, readings = 0.0, 0

    def read() -> float:
        """What both count, where five seconds go by in the queue before the second reading."""
        nonlocal passed, readings
        readings += 1
        passed += 5 * (readings == 2)
        return passed

    monkeypatch.setattr(clock, "_queued", read)
    monkeypatch.setattr(clock, "time", SimpleNamespace(monotonic=read))
    watch = clock.Clock()
    with watch.waiting(0.1):
        pass
    assert watch.now() == 5


def test_a_call_over_its_time_is_interrupted(session: Session) -> None:
    session.execute("import time\ndef hang():\n    time.sleep(1000)", LONG)
    with pytest.raises(CallTimeout):
        call(session, "hang", timeout=0.3)
    assert value(session, "1 + 1") == 2


@pytest.mark.slow
def test_an_interrupt_that_comes_as_a_call_ends_stops_nothing(session: Session) -> None:
    session.execute(
        """
        import time
        kernel = get_ipython().kernel
        restore = kernel.post_handler_hook
        def slowly():
            time.sleep(1)
            restore()
        kernel.post_handler_hook = slowly
        """.replace("\n        ", "\n"),
        LONG,
    )
    with pytest.raises(CallTimeout):
        call(session, "nothing", timeout=0.3)
    assert call(session, "nothing") == ("missing", "nothing")
    session.kill()


@pytest.mark.slow
@pytest.mark.parametrize("by_cell", [True, False])
def test_an_interrupt_that_comes_late_does_not_stop_what_follows(
    session: Session, monkeypatch: pytest.MonkeyPatch, by_cell: bool
) -> None:
    session.execute("import time\ndef wait(seconds): time.sleep(seconds)", LONG)
    interrupt = session._interrupt
    monkeypatch.setattr("glovebox.session._SETTLE", 2.0)
    monkeypatch.setattr(session, "_interrupt", lambda: threading.Timer(0.5, interrupt).start())
    if by_cell:
        assert session.execute("wait(0.4)", 0.2).timed_out
        assert session.execute("wait(1)", LONG).outputs == []
    else:
        with pytest.raises(CallTimeout):
            call(session, "wait", 0.4, timeout=0.2)
        assert call(session, "wait", 1.0) == ("value", None)


STUBBORN = """
import time
print('begun', flush=True)
while True:
    try:
        while True: time.sleep(1000)
    except KeyboardInterrupt:
        pass
"""


@pytest.mark.parametrize(
    "source",
    [
        STUBBORN,
        "import signal, time\nprint('begun', flush=True)\n"
        "signal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: time.sleep(1)",
        "import os, signal, time\nprint('begun', flush=True)\ntime.sleep(0.3)\n"
        "os.kill(os.getpid(), signal.SIGSTOP)",
    ],
    ids=["catches", "ignores", "stops"],
)
def test_a_kernel_that_ignores_the_interrupt_is_killed(session: Session, source: str) -> None:
    with pytest.raises(KernelDied) as died:
        session.execute(source, 1.0)
    assert died.value.execution.timed_out
    assert shown(died.value.execution) == "begun\n"
    assert not session.alive
    assert not session.lost


def test_a_call_that_ignores_the_interrupt_ends_the_kernel(session: Session) -> None:
    session.execute("def hang():\n" + STUBBORN.replace("\n", "\n    "), LONG)
    with pytest.raises(KernelDied):
        call(session, "hang", timeout=0.3)
    assert not session.alive


# --- death ----------------------------------------------------------------------------------------


def test_death_in_a_cell_keeps_what_was_shown(session: Session) -> None:
    with pytest.raises(KernelDied) as died:
        session.execute("import os, time\nprint('last words')\ntime.sleep(0.5)\nos._exit(0)", LONG)
    assert shown(died.value.execution) == "last words\n"
    assert not died.value.execution.timed_out
    assert session.lost
    with pytest.raises(KernelDied):
        session.execute("1", LONG)
    with pytest.raises(KernelDied):
        session.ask(wire.encode(("get", "x")), LONG)


def test_death_in_a_call(session: Session) -> None:
    session.execute("import os\ndef die(): os._exit(0)", LONG)
    with pytest.raises(KernelDied):
        call(session, "die")


def test_a_new_kernel_finds_a_fresh_folder(session: Session) -> None:
    session.execute(
        "import os\nos.mkdir('made')\nos.mkdir('.ipython/profile_default/startup', 0o777)\n"
        "open('data/words.txt', 'w').write('changed')",
        LONG,
    )
    session.start()
    assert value(session, "sorted(__import__('os').listdir())[-1]") == "data"
    assert value(session, "open('data/words.txt').read()") == "a b"


def test_what_the_kernel_started_ends_with_it(open_session: Session) -> None:
    session = open_session
    pids = value(
        session,
        """(lambda subprocess, sys: [
            subprocess.Popen(
                [sys.executable, "-c", "import time; time.sleep(1000)"], start_new_session=new
            ).pid
            for new in (False, True)
        ])(__import__("subprocess"), __import__("sys"))""".replace("\n", " "),
    )
    assert all(psutil.pid_exists(pid) for pid in pids)
    session.kill()
    assert until(lambda: not any(_runs(pid) for pid in pids))


def test_orphans_of_a_dead_kernel_end_too(open_session: Session, tmp_path: Path) -> None:
    session = open_session
    note = tmp_path / "pid"
    with pytest.raises(KernelDied):
        session.execute(
            "import os, time\n"
            "if os.fork() == 0:\n"
            "    os.setsid()\n"
            "    if os.fork() == 0:\n"
            f"        open({str(note)!r}, 'w').write(str(os.getpid()))\n"
            "        time.sleep(1000)\n"
            f"while not os.path.exists({str(note)!r}) or not open({str(note)!r}).read(): pass\n"
            "os._exit(0)",
            LONG,
        )
    assert until(lambda: not _runs(int(note.read_text())))


def _runs(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_a_kernel_that_does_not_start_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    session = Session(Limits(startup=0.05), {}, sandbox=False)
    with pytest.raises(KernelDied, match="did not start"):
        session.start()
    assert not session.alive
    session.kill()
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    session = Session(LIMITS, {}, sandbox=False)
    with pytest.raises(KernelDied, match="did not start"):
        session.start()
    session.kill()


def test_too_long_a_path_is_told_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    long = tmp_path / ("x" * 90)
    long.mkdir()
    monkeypatch.setattr("glovebox.openkernel.scratch_root", lambda: str(long))
    session = Session(LIMITS, {}, sandbox=False)
    with pytest.raises(KernelDied, match="set TMPDIR to a shorter folder"):
        session.start()
    session.kill()


# --- floods and forgeries -------------------------------------------------------------------------


def test_a_flood_of_output_is_cut(session: Session) -> None:
    execution = session.execute("for _ in range(300): print('x' * 100)", LONG)
    assert execution.output_cut
    assert len(shown(execution)) == LIMITS.output_bytes
    assert value(session, "5") == 5


FORGE = """
k = get_ipython().kernel
def forge(kind, content, parent=None, socket=None, **more):
    k.session.send(socket or k.iopub_socket, kind, content,
                   parent=parent or k.get_parent(), ident=b"x", **more)
"""


def test_forged_messages_are_counted_or_made_harmless(session: Session) -> None:
    session.execute(FORGE, LONG)
    execution = session.execute(
        "import time\n"
        "forge('stream', {'name': '<script>', 'text': 'said'})\n"
        "forge('stream', {'name': 5})\n"
        "forge('display_data', {'data': {'text/html': ['<b>', 5]}})\n"
        "forge('execute_reply', {'status': 'ok'})\n"
        "forge('glove_reply', {})\n"
        "forge('status', {'execution_state': ['idle']})\n"
        "k.iopub_socket.send_multipart([b'x', b'<IDS|MSG>', b'', b'{', b'', b'', b''])\n"
        "time.sleep(0.5)\n"
        "print('mine')",
        LONG,
    )
    assert execution.malformed == 3
    assert shown(execution) == "saidmine\n"
    assert {output["name"] for output in execution.outputs} == {"stdout"}
    assert value(session, "5") == 5


def test_a_forged_end_only_hurts_who_forged_it(session: Session) -> None:
    session.execute(FORGE, LONG)
    session.execute("forge('status', {'execution_state': 'idle'})\nx = 1", LONG)
    assert value(session, "x") == 1


def test_replies_to_other_requests_are_not_taken(session: Session) -> None:
    session.execute(
        "def f(): return 'true'",
        LONG,
    )
    session.execute("def slow():\n    import time; time.sleep(1000)", LONG)
    with pytest.raises(CallTimeout):
        call(session, "slow", timeout=0.3)
    # The late answer to the question before is not taken for the answer to this one.
    assert call(session, "f") == ("value", "true")


MUTE = """
session = get_ipython().kernel.session
send = session.send
def selective(stream, kind, *args, **keywords):
    name = kind if isinstance(kind, str) else kind["msg_type"]
    if name not in MUTED:
        return send(stream, kind, *args, **keywords)
session.send = selective
"""


def test_silence_after_the_reply_is_waited_for_only_a_while(session: Session) -> None:
    session.execute(f"MUTED = ['status']\n{MUTE}", LONG)
    assert value(session, "6") == 6
    session.kill()


@pytest.mark.slow
def test_a_kernel_that_does_not_reply_is_ended(session: Session) -> None:
    session.execute(f"MUTED = ['glove_reply']\n{MUTE}", LONG)
    with pytest.raises(KernelDied):
        call(session, "f", timeout=0.3)
    session.start()
    with pytest.raises(KernelDied) as died:
        session.execute(f"print('said', flush=True)\nMUTED = ['execute_reply']\n{MUTE}", 1.0)
    assert shown(died.value.execution) == "said\n"
    assert not session.alive


def test_a_kernel_that_closes_its_sockets_is_ended(session: Session) -> None:
    with pytest.raises(KernelDied):
        session.execute(
            "import os, time\nfor fd in range(3, 100):\n    try: os.close(fd)\n"
            "    except OSError: pass\ntime.sleep(1000)",
            LONG,
        )
    assert not session.alive


RAW_FLOOD = """
import os, socket, stat, time
frame = bytes([3]) + (50 << 20).to_bytes(8, "big")
def streams():
    seen = {}
    for fd in range(3, 200):
        try:
            if stat.S_ISSOCK(os.fstat(fd).st_mode):
                s = socket.socket(fileno=os.dup(fd))
                s.getpeername(); s.setblocking(True)
                if s.getsockname(): seen[os.fstat(fd).st_ino] = s
        except OSError: pass
    return list(seen.values())
def flood():
    import threading
    def pour(s):
        while True:
            s.sendall(frame)
            for _ in range(50): s.sendall(bytes(1 << 20))
    for s in streams(): threading.Thread(target=pour, args=(s,), daemon=True).start()
"""


@pytest.mark.slow
def test_messages_without_end_fill_nobodys_memory(session: Session) -> None:
    session.execute(RAW_FLOOD, LONG)
    before = psutil.Process().memory_info().rss
    with contextlib.suppress(KernelDied):
        session.execute("flood()\ntime.sleep(1000)", 3.0)
    most = psutil.Process().memory_info().rss - before
    assert most < LIMITS.message_bytes + (100 << 20)
    session.kill()


@pytest.mark.slow
def test_an_orphan_that_goes_on_talking_does_not_keep_us(session: Session) -> None:
    session.execute(RAW_FLOOD, LONG)
    with pytest.raises(KernelDied):
        session.execute(
            "sockets = streams()\n"
            "if os.fork() == 0:\n"
            "    os.setsid()\n"
            "    while True:\n"
            "        for s in sockets:\n"
            "            try: s.send(bytes([0, 1, 65]) * 500)\n"
            "            except OSError: pass\n"
            "os._exit(0)",
            LONG,
        )
    assert not session.alive


# --- what is left ---------------------------------------------------------------------------------


def test_nothing_is_left_behind() -> None:
    session = Session(LIMITS, {"a/b.txt": b"x"}, sandbox=False)
    session.start()
    folder = scratch(session).parent
    session.execute(
        "import os\n"
        "os.makedirs('sealed/inner'); os.chmod('sealed', 0)\n"
        "for _ in range(1200): os.mkdir('d'); os.chdir('d')",
        LONG,
    )
    session.kill()
    assert not folder.exists()
    session.kill()


def test_removing_reaches_any_depth_and_never_raises(tmp_path: Path) -> None:
    deep = tmp_path / "deep"
    deep.mkdir()
    (deep / "link").symlink_to(tmp_path)
    script = "import os\nfor _ in range(1500): os.mkdir('d'); os.chdir('d')"
    subprocess.run([sys.executable, "-c", script], cwd=deep, check=True)
    remove_tree(deep)
    assert not deep.exists()
    assert tmp_path.exists()
    remove_tree(deep)
