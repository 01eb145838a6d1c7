"""Kernels to run notebooks in: boxed ones, and open ones for who asks for them by name."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any, Protocol

from glovebox.errors import UserError
from glovebox.limits import Limits

PORTS = {"shell": 1, "iopub": 2, "stdin": 3, "control": 4, "hb": 5}
"""Jupyter gives a socket's file the number of its port as an ending."""


class LaunchError(Exception):
    """No kernel could be started; the sentence says why."""


class Kernel(Protocol):
    """A kernel's process (with all that it starts), from outside."""

    key: bytes
    """Signs Jupyter's messages."""
    note: str
    """What was out of the ordinary about its start; empty if nothing was."""

    @property
    def alive(self) -> bool:
        """Whether the process runs."""

    @property
    def memory(self) -> int:
        """Bytes that it held, the most that was seen; known at its end, 0 where nobody looks."""

    def reason(self) -> str:
        """Why it was ended from outside, if it was; for a kernel that is ending."""

    def socket_path(self, name: str) -> AbstractContextManager[str]:
        """A path under which the socket named ``"shell"`` or the like can be connected to.

        Raises:
            OSError: it is not there (yet).
        """

    def interrupt(self) -> None:
        """Send it what Ctrl-C sends."""

    def end(self) -> None:
        """Kill it with all that it started, and clear its files away."""


def check_platform(sandbox: bool) -> None:
    """Make sure, before anything else of a grading, that this system has what it takes.

    Raises:
        UserError: it has not; the sentence says what to do instead.
    """
    if sys.platform == "linux" or (sys.platform == "darwin" and not sandbox):
        return
    system = {"darwin": "macOS", "win32": "Windows"}.get(sys.platform, sys.platform)
    raise UserError(
        f"grading needs Linux, whose namespaces make the sandbox, and this is {system}: grade on a "
        "Linux machine, in a virtual machine or in a container that may make namespaces (`docker "
        "run --privileged ...`; `glovebox doctor` inside says whether it may). Everything else "
        "works here."
    )


def connection_info(ip: str) -> dict[str, Any]:
    """What Jupyter's connection files say, but for the key, of sockets at ``ip-1`` and so on."""
    ports = {f"{name}_port": number for name, number in PORTS.items()}
    return {**ports, "transport": "ipc", "ip": ip, "signature_scheme": "hmac-sha256"}


def connection(ip: str, key: bytes) -> str:
    """The content of a connection file."""
    return json.dumps({**connection_info(ip), "kernel_name": "", "key": key.decode()})


def launch(data: Mapping[str, bytes], limits: Limits, sandbox: bool = True) -> Kernel:
    """Start a kernel; it opens its sockets some time later.

    Args:
        data: files that it finds in its working directory, by relative name.
        limits: time and space limits.
        sandbox: whether it is confined. Without, student code can do what the grader can.

    Raises:
        LaunchError: it could not be started, or not be confined.
    """
    # Imported here, since the first of the two can be had on Linux only.
    if sandbox:
        from glovebox.sandbox.launch import launch_boxed

        return launch_boxed(data, limits)
    from glovebox.openkernel import OpenKernel

    return OpenKernel(data)
