"""A process that has imported what notebooks import, has run none of it, and forks kernels.

Its parent starts it with an empty environment and one end of a socket pair, and sends a message
with one end of another pair for each kernel. It is trusted and holds no secret: whatever is in its
memory is in that of every kernel.

A library that has run something holds locks and threads that do not survive a fork (TensorFlow's
``fit`` then hangs in every child), so the zygote makes sure before each fork that it is as it was
made, and refuses otherwise.

Start it as ``python -I -m glovebox.sandbox.zygote DESCRIPTOR [MODULE ...]``.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
import traceback
from pathlib import Path
from typing import Any

from glovebox.sandbox import linux
from glovebox.sandbox.box import CONNECTION_FILE, SOCKETS, Box
from glovebox.sandbox.confine import confine, prepare_keeper
from glovebox.sandbox.group import Controller, Group, controller, enter
from glovebox.sandbox.memory import at_once, used
from glovebox.sandbox.syscalls import build_filter

MESSAGE_BYTES = 1 << 16
_KERNELS_OWN = (
    "glovebox.inside.kernel",
    "ipykernel.debugger",
    "tornado.platform.asyncio",
    "IPython.core.completerlib",
    "IPython.extensions.storemagic",
)
"""What a kernel imports before it answers, the last four not until it begins: two thirds of the
processor time that this takes."""
_LOOK = 0.5
"""Seconds between two looks at how much memory a box uses."""
_OVERHEAD = 512 << 20
"""What the system's own accounts of a box may add to what it may use, before its group is full."""
_THREADS = Path("/proc/self/task")


class Zygote:
    """Imports once; forks as often as it is asked to.

    Args:
        control: where requests come from, each with the client's socket.
        modules: what is imported beforehand, besides what a kernel itself needs; those that are not
            installed are left out. With none at all, nothing is.
    """

    def __init__(self, control: socket.socket, modules: list[str]) -> None:
        self._control = control
        self._filter = build_filter()
        self._memory = controller()
        for name in (*modules, *_KERNELS_OWN) if modules else ():
            with contextlib.suppress(ModuleNotFoundError):
                importlib.import_module(name)
        self._threads = len(list(_THREADS.iterdir()))
        gc.collect()
        gc.freeze()
        gc.disable()

    def serve(self) -> None:
        """Fork a kernel for each request, until the parent's end is closed."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # keepers need not be waited for
        self._control.send(json.dumps({"doubt": self._doubt()}).encode())
        while True:
            message, descriptors, _, _ = socket.recv_fds(self._control, 16, 1)
            if not message:
                return
            with socket.socket(fileno=descriptors[0]) as client:
                self._fork(client)

    def _doubt(self) -> str:
        """Why this process should not be forked; empty if nothing speaks against it."""
        threads = len(list(_THREADS.iterdir()))
        if self._threads != 1 or threads != 1:
            return f"an import started {max(threads, self._threads) - 1} threads"
        context = sys.modules.get("tensorflow.python.eager.context")
        if context is not None and context.context()._initialized:
            return "an import ran an operation of TensorFlow"
        return ""

    def _fork(self, client: socket.socket) -> None:
        zygote = os.getpid()
        try:
            doubt = self._doubt()
            if doubt:
                client.send(json.dumps({"doubt": doubt}).encode())
                return
            if os.fork() == 0:
                with _last_words(client):
                    self._control.close()
                    _keep(client, self._filter, self._memory, zygote)
        except OSError as error:
            with contextlib.suppress(OSError):
                client.send(json.dumps({"doubt": str(error)}).encode())


@contextlib.contextmanager
def _last_words(client: socket.socket) -> Any:
    """Run the block in a process that must not outlive it, and say what went wrong there."""
    try:
        yield
    except BaseException as error:
        with contextlib.suppress(OSError):
            client.send(json.dumps({"error": f"{type(error).__name__}: {error}"}).encode())
    finally:
        os._exit(1)


def _keep(
    client: socket.socket, filter_program: bytes, memory: Controller | None, zygote: int
) -> None:
    """The keeper: make a box, and kill it when the client goes or it takes too much memory."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    linux.die_with_parent(signal.SIGKILL)
    if os.getppid() != zygote:
        return
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nothing, stream)
    _close_all_but({*range(3), client.fileno()})
    # Read here, so that nothing of one kernel's is ever in the memory of another.
    message = client.recv(MESSAGE_BYTES)
    if not message:
        return
    box = Box.from_json(message)
    # The box's files are memory, too.
    group = enter(memory, box.memory_bytes + box.scratch_bytes + _OVERHEAD) if memory else None
    prepare_keeper()
    first = os.fork()
    if first == 0:
        with _last_words(client):
            linux.die_with_parent(signal.SIGKILL)
            _begin(client, box, filter_program)
    _watch(client, box, first, group)


def _watch(client: socket.socket, box: Box, first: int, group: Group | None) -> None:
    handle = os.pidfd_open(first)
    poll = select.poll()
    poll.register(handle, select.POLLIN)
    poll.register(client, select.POLLIN)
    reason, too_much = "", f"it used more than {box.memory_bytes >> 20} MiB of memory"
    most = 0
    while True:
        ready = {descriptor for descriptor, _ in poll.poll(_LOOK * 1000)}
        if handle in ready:
            break
        if client.fileno() in ready:
            with contextlib.suppress(OSError):
                if client.recv(16) == b"interrupt":
                    os.kill(first, signal.SIGINT)
                    continue
            # Told to, or the client is gone: the first process takes the whole box with it.
            poll.unregister(client)
            most = at_once(first, most, pages=False)
            os.kill(first, signal.SIGKILL)
        elif not reason:
            now = used(first, box.memory_bytes)
            if now > box.memory_bytes:
                reason, most = too_much, max(most, now)
                os.kill(first, signal.SIGKILL)
            elif now > most:
                most = at_once(first, most)
    _, status = os.waitpid(first, 0)
    if group is not None:
        reason = reason or (too_much if group.ended_one else "")
        group.leave()
    with contextlib.suppress(OSError):
        ended = {"exit": os.waitstatus_to_exitcode(status), "reason": reason, "memory": most}
        client.send(json.dumps(ended).encode())
    os._exit(0)


def _begin(client: socket.socket, box: Box, filter_program: bytes) -> None:
    """The first process of a box: close the box, fork the kernel, and see to orphans."""
    confine(box, filter_program)
    sockets = os.open(SOCKETS, os.O_PATH | os.O_DIRECTORY)
    socket.send_fds(client, [json.dumps({"ready": True}).encode()], [sockets])
    # A folder of the machine's that stayed open would lead out of the box.
    client.close()
    _close_all_but(set(range(3)))
    kernel = os.fork()
    if kernel == 0:
        _become_kernel(box)
    signal.signal(signal.SIGINT, lambda *_: _interrupt(kernel))
    linux.set_dumpable(False)
    while True:
        ended, status = os.wait()
        if ended == kernel:
            os._exit(abs(os.waitstatus_to_exitcode(status)) & 0xFF)


def _interrupt(kernel: int) -> None:
    with contextlib.suppress(OSError):
        os.killpg(kernel, signal.SIGINT)


def _become_kernel(box: Box) -> None:
    status = 1
    try:
        os.setsid()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.environ.clear()
        os.environ.update(box.environment)
        _refresh()
        from glovebox.inside.kernel import serve

        serve(CONNECTION_FILE)
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def _refresh() -> None:
    """Undo what a fork shares with its siblings: random state, and where temporary files go.

    And set up what may only be touched after it.
    """
    import tempfile
    import time

    gc.enable()
    tempfile.tempdir = None
    time.tzset()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()
    if tensorflow := sys.modules.get("tensorflow"):
        # It rewrites every graph to make it faster, which takes longer than a small network gains:
        # a fifth of a short training's time. What is computed stays the same but for rounding.
        tensorflow.config.optimizer.set_experimental_options({"disable_meta_optimizer": True})


def _close_all_but(kept: set[int]) -> None:
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208
        if int(name) not in kept:
            with contextlib.suppress(OSError):
                os.close(int(name))


def main() -> None:
    """Serve the parent that holds the other end of the descriptor named first."""
    control = socket.socket(fileno=int(sys.argv[1]))
    control.set_inheritable(False)
    Zygote(control, sys.argv[2:]).serve()


if __name__ == "__main__":
    main()
