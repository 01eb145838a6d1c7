"""A kernel that is not confined: a process with the grader's rights, in a folder made for it."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from glovebox.environment import kernel_environment
from glovebox.fonts import provide_fonts
from glovebox.launch import PORTS, LaunchError, connection
from glovebox.processes import end_tree, remove_tree
from glovebox.scratch import scratch_root
from glovebox.unpack import write_files

_MAX_PATH = 95
"""Bytes of a socket's path, of which systems take about a hundred; the port is added to it."""


class OpenKernel:
    """See :class:`glovebox.launch.Kernel`.

    Args:
        data: files to put into the working directory, by relative name.

    Raises:
        LaunchError: the files could not be written or the process not be started.
    """

    note = ""
    memory = 0

    def __init__(self, data: Mapping[str, bytes]) -> None:
        self.key = secrets.token_hex(32).encode()
        try:
            self._folder = Path(tempfile.mkdtemp(prefix="glovebox-", dir=scratch_root()))
        except OSError as error:
            raise LaunchError(f"no temporary folder: {error}") from error
        self._socket = str(self._folder / "socket")
        try:
            self._process = self._start(data)
        except OSError as error:
            remove_tree(self._folder)
            raise LaunchError(str(error)) from error

    @property
    def scratch(self) -> Path:
        """The working directory."""
        return self._folder / "scratch"

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def reason(self) -> str:
        """Nothing but itself, and who started it, ends an open kernel."""
        return ""

    @contextlib.contextmanager
    def socket_path(self, name: str) -> Iterator[str]:
        """Where the socket lies."""
        yield f"{self._socket}-{PORTS[name]}"

    def interrupt(self) -> None:
        """Send the process group what Ctrl-C sends."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if self.alive:
                os.killpg(self._process.pid, signal.SIGINT)

    def end(self) -> None:
        """Kill the process with all that it started, and remove its folder."""
        end_tree(self._process, self._folder)
        remove_tree(self._folder)

    def _start(self, data: Mapping[str, bytes]) -> subprocess.Popen[bytes]:
        if len(os.fsencode(self._socket)) > _MAX_PATH:
            raise OSError(
                f"{self._socket} is too long for a socket; set TMPDIR to a shorter folder"
            )
        self.scratch.mkdir()
        provide_fonts(self.scratch / ".matplotlib")
        write_files(self.scratch, data)
        file = self._folder / "connection.json"
        file.write_text(connection(self._socket, self.key))
        environment = {**kernel_environment(str(self.scratch)), "TMPDIR": str(self.scratch)}
        return subprocess.Popen(
            # -I: neither the scratch folder nor the user's site-packages can shadow a module.
            [sys.executable, "-I", "-m", "glovebox.inside.kernel", str(file)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=str(self.scratch),
            env=environment,
            start_new_session=True,
        )
