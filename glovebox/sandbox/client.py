"""Asks the zygote for boxed kernels, and holds them by a socket: closing it ends the whole box."""

from __future__ import annotations

import contextlib
import json
import os
import select
import socket
import stat
import subprocess
import sys
import tempfile
import time
from typing import IO

from glovebox.environment import bare_environment
from glovebox.fonts import font_lists
from glovebox.sandbox.box import Box
from glovebox.sandbox.zygote import MESSAGE_BYTES

_PATIENCE = 5.0
_LAST_WORDS = 1.0


class SandboxError(Exception):
    """No box could be had; the sentence says which step failed."""


class BoxedKernel:
    """A kernel in its box.

    Args:
        client: the keeper's socket.
        sockets: a descriptor of the folder in which the kernel's sockets are.
    """

    def __init__(self, client: socket.socket, sockets: int) -> None:
        self._client = client
        self._sockets = sockets
        self._reason = ""
        self.memory = 0
        """Bytes that its processes held at one time, the most that was seen; known at its end."""

    @property
    def alive(self) -> bool:
        """Whether the kernel's process runs."""
        return self._sockets >= 0 and not self._hear(0)

    def reason(self) -> str:
        """Why the box was ended from outside, where it was; for a kernel that is ending."""
        self._hear(_LAST_WORDS)
        return self._reason

    def open_socket(self, name: str) -> int:
        """A descriptor of one of the kernel's sockets, for a connection; links are not followed.

        Raises:
            OSError: there is no such socket (yet).
        """
        descriptor = os.open(name, os.O_PATH | os.O_NOFOLLOW, dir_fd=self._sockets)
        if not stat.S_ISSOCK(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise OSError(f"{name} is not a socket")
        return descriptor

    def interrupt(self) -> None:
        """Send the kernel what Ctrl-C sends."""
        with contextlib.suppress(OSError):
            self._client.send(b"interrupt")

    def end(self) -> None:
        """Kill everything in the box and wait until it is gone."""
        if self._sockets < 0:
            return
        with contextlib.suppress(OSError):
            self._client.shutdown(socket.SHUT_WR)
            self._hear(_PATIENCE)
        self._client.close()
        os.close(self._sockets)
        self._sockets = -1

    def _hear(self, patience: float) -> bool:
        """Whether the keeper says within some seconds that the box is gone, or is gone itself."""
        poll = select.poll()
        poll.register(self._client, select.POLLIN)
        if not poll.poll(patience * 1000):
            return False
        try:
            message = self._client.recv(MESSAGE_BYTES, socket.MSG_PEEK)
        except OSError:
            return True
        if message:
            said = json.loads(message)
            self._reason, self.memory = str(said.get("reason", "")), int(said.get("memory", 0))
        return True


class Nursery:
    """The zygote's client; starts it when first needed, and again when it is gone.

    Args:
        modules: what kernels find imported.
    """

    def __init__(self, modules: tuple[str, ...]) -> None:
        self._modules = modules
        self._zygote: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._said: IO[bytes] | None = None

    def launch(self, box: Box, patience: float) -> BoxedKernel:
        """A kernel in a box, confined before this returns; its sockets come some time later.

        Raises:
            SandboxError: there is none, and the sentence says why; nothing was left running.
        """
        deadline = time.monotonic() + patience
        try:
            return self._ask(box, deadline)
        except (BrokenPipeError, ConnectionError):
            self.close()  # the zygote died since it was last used
            return self._ask(box, deadline)

    def close(self) -> None:
        """End the zygote, and with it all of its kernels."""
        if self._control is not None:
            self._control.close()
        if self._zygote is not None:
            self._zygote.kill()
            self._zygote.wait()
        if self._said is not None:
            self._said.close()
        self._zygote = self._control = self._said = None

    def _ask(self, box: Box, deadline: float) -> BoxedKernel:
        if self._control is None:
            self._start(deadline)
        assert self._control is not None
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        kept = False
        try:
            with theirs:
                socket.send_fds(self._control, [b"kernel"], [theirs.fileno()])
            ours.send(box.to_json().encode())
            ours.settimeout(max(deadline - time.monotonic(), 0.001))
            message, descriptors, _, _ = socket.recv_fds(ours, MESSAGE_BYTES, 1)
            answer = json.loads(message) if message else {"error": "the keeper ended"}
            if not descriptors:
                raise SandboxError(answer.get("doubt") or answer.get("error") or "it ended")
            ours.setblocking(False)
            kept = True
            return BoxedKernel(ours, descriptors[0])
        except TimeoutError:
            raise SandboxError("the zygote did not answer in time") from None
        finally:
            if not kept:
                ours.close()

    def _start(self, deadline: float) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-I", "-m", "glovebox.sandbox.zygote", str(theirs.fileno())]
        # Not a pipe: nobody reads what libraries print, and a full one would stop the zygote.
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 (see close)
        with theirs:
            self._zygote = subprocess.Popen(
                [*command, *self._modules],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._said,
                cwd="/",
                env=zygote_environment(),
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self._control = ours
        ours.settimeout(max(deadline - time.monotonic(), 0.001))
        try:
            message = ours.recv(MESSAGE_BYTES)
        except TimeoutError:
            message = b""
        ours.setblocking(True)
        answer = json.loads(message) if message else {"doubt": self._why_it_ended()}
        if answer["doubt"]:
            self.close()
            raise SandboxError(answer["doubt"])

    def _why_it_ended(self) -> str:
        assert self._zygote is not None
        assert self._said is not None
        self._zygote.kill()
        self._zygote.wait()
        self._said.seek(0)
        lines = self._said.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else "the zygote did not start"


def zygote_environment() -> dict[str, str]:
    """The zygote's whole environment, which every kernel can read in its ``/proc/self/environ``."""
    # Where the list of fonts is; without one Matplotlib would make it, and a folder for it.
    fonts = {"MPLCONFIGDIR": str(path.parent) for path in font_lists()[:1]}  # noqa: B035 (one)
    # What a kernel imports to be debugged, which none is here, would complain otherwise.
    return {**bare_environment(), **fonts, "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
