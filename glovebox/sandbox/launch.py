"""Starts boxed kernels: warm ones, and a cold one where a warm one cannot be trusted."""

from __future__ import annotations

import atexit
import contextlib
import functools
import importlib.metadata
import os
import secrets
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from glovebox.environment import kernel_environment
from glovebox.fonts import font_lists
from glovebox.launch import PORTS, LaunchError, connection
from glovebox.limits import Limits
from glovebox.sandbox.box import HOME, SOCKET, Box
from glovebox.sandbox.client import BoxedKernel, Nursery, SandboxError
from glovebox.unpack import unpacked

_PARTS = ("bin", "lib", "lib64", "share", "pyvenv.cfg")
"""What a kernel needs of a Python installation, which may share its folder with a course."""
_EXCHANGES = ("/usr/local/share/nbgrader", "/usr/share/nbgrader")
"""Where nbgrader puts its exchange, with everybody's submissions, if nothing else is said."""
PRELOADED = ("tensorflow", "keras", "numpy", "matplotlib.pyplot")
"""What the notebooks of a course import, or would; a warm kernel has it already."""
_FIRST_USER, _USERS = 1_879_048_192, 1 << 27
"""Numbers that no distribution gives to users or containers."""


class ConfinedKernel:
    """See :class:`glovebox.launch.Kernel`."""

    def __init__(self, boxed: BoxedKernel, key: bytes, note: str = "") -> None:
        self.key = key
        self.note = note
        self._boxed = boxed

    @property
    def alive(self) -> bool:
        """Whether the kernel's process runs."""
        return self._boxed.alive

    def reason(self) -> str:
        """Why the box was ended from outside, where it was; for a kernel that is ending."""
        return self._boxed.reason()

    @property
    def memory(self) -> int:
        """Bytes that the box's processes held at one time, the most that was seen."""
        return self._boxed.memory

    def open_socket(self, name: str) -> int:
        """A descriptor of a socket in the box, which lies where no path of the machine's leads.

        Raises:
            OSError: there is no such socket (yet).
        """
        return self._boxed.open_socket(f"{Path(SOCKET).name}-{PORTS[name]}")

    @contextlib.contextmanager
    def socket_path(self, name: str) -> Iterator[str]:
        """A path to a socket in the box, good within the block."""
        descriptor = self.open_socket(name)
        try:
            yield f"/proc/self/fd/{descriptor}"
        finally:
            os.close(descriptor)

    def interrupt(self) -> None:
        """Send the kernel what Ctrl-C sends."""
        self._boxed.interrupt()

    def end(self) -> None:
        """Kill everything in the box; its files were memory and are gone."""
        self._boxed.end()


def launch_boxed(
    data: Mapping[str, bytes],
    limits: Limits,
    key: bytes = b"",
    environment: Mapping[str, str] = MappingProxyType({}),
) -> ConfinedKernel:
    """Start a kernel in a box of its own: a warm one, or a cold one where that cannot be trusted.

    Args:
        data: files that it finds in its working directory, by relative name.
        limits: time limits.
        key: signs Jupyter's messages; one is made if none is given.
        environment: variables that it has besides those of every kernel.

    Raises:
        LaunchError: no box could be had, with the step that failed.
    """
    key = key or secrets.token_hex(32).encode()
    root = os.geteuid() == 0
    box = Box(
        readable=readable(),
        hidden=hidden(),
        data=str(unpacked(data)),
        files={f".matplotlib/{path.name}": str(path) for path in font_lists()},
        # Somebody else for each box: not even by user id can one reach another.
        user_id=_FIRST_USER + secrets.randbelow(_USERS) if root else os.getuid(),
        environment={**environment, **kernel_environment(HOME)},
        connection=connection(SOCKET, key),
    )
    try:
        return ConfinedKernel(_nursery(PRELOADED).launch(box, limits.startup), key)
    except (SandboxError, OSError) as error:
        doubt: Exception = error
    try:
        cold = _nursery(()).launch(box, limits.startup)
    except (SandboxError, OSError) as error:
        raise LaunchError(f"no sandbox: {error}") from error
    return ConfinedKernel(cold, key, f"the kernel was started cold ({doubt})")


@functools.cache
def _nursery(modules: tuple[str, ...]) -> Nursery:
    nursery = Nursery(modules)
    atexit.register(nursery.close)
    return nursery


def readable() -> tuple[str, ...]:
    """The Python installation."""
    prefixes = dict.fromkeys((sys.prefix, sys.base_prefix))
    parts = [str(Path(prefix, part)) for prefix in prefixes for part in _PARTS]
    return tuple(part for part in parts if Path(part).exists())


@functools.cache
def hidden() -> tuple[str, ...]:
    """What is shown otherwise and is not for students: the course's own solutions, the exchange."""
    installed = importlib.metadata.distribution("glovebox")
    files = [file for file in installed.files or [] if file.suffix == ".py"]
    folders = {file.parts[0] for file in files if len(file.parts) > 1} - {"glovebox", ".."}
    return (*(str(installed.locate_file(folder)) for folder in sorted(folders)), *_EXCHANGES)
