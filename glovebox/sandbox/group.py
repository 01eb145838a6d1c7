"""A control group for each box, where the machine lets us make one: it limits all memory at once.

What processes hold is watched everywhere (:mod:`~glovebox.sandbox.memory`). The group counts what
nobody holds as well: page tables, sockets' contents, locks and other memory of the system's own. It
takes root, and the controller for memory in version 2 (cgroups(7), memory.max) or 1
(memory.limit_in_bytes).
"""

from __future__ import annotations

import contextlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

_PREFIX = "glovebox-"
_TRIES = 3
_MOUNTS = Path("/proc/self/mounts")


@dataclass(frozen=True)
class Controller:
    """Where groups for memory are made, and the names of the files that matter."""

    root: Path
    limit: str
    events: str


class Group:
    """A group that the calling process has entered; what it forks from now on is in it."""

    def __init__(self, controller: Controller, folder: Path) -> None:
        self._controller = controller
        self._folder = folder

    @property
    def ended_one(self) -> bool:
        """Whether the system had to end a process because the limit was reached."""
        with contextlib.suppress(OSError):
            for line in (self._folder / self._controller.events).read_text().splitlines():
                name, _, number = line.partition(" ")
                if name == "oom_kill":
                    return number.strip() != "0"
        return False

    def leave(self) -> None:
        """Leave the group and remove it; there must be no other process in it."""
        with contextlib.suppress(OSError):
            (self._controller.root / "cgroup.procs").write_text("0")
            self._folder.rmdir()


def controller() -> Controller | None:
    """The machine's, if it can be used: tried by making a group and setting its limit."""
    for found in _controllers():
        try:
            folder = _make(found, 1 << 30)
        except OSError:
            continue
        folder.rmdir()
        return found
    return None


def enter(found: Controller, memory_bytes: int) -> Group:
    """Make a group with this limit and enter it.

    Raises:
        OSError: that could not be done.
    """
    _sweep(found)
    for left in reversed(range(_TRIES)):
        folder = _make(found, memory_bytes)
        try:
            (folder / "cgroup.procs").write_text("0")
            return Group(found, folder)
        except FileNotFoundError:
            # Another process swept the group away, as it was empty at that moment.
            if not left:
                raise
    raise AssertionError("the last try returns or raises")


def _make(found: Controller, memory_bytes: int) -> Path:
    folder = found.root / f"{_PREFIX}{os.getpid()}-{secrets.token_hex(4)}"
    folder.mkdir()
    try:
        (folder / found.limit).write_text(str(memory_bytes))
        # Memory that is swapped out is not freed; where swap is not counted nothing can be done.
        for name in ("memory.memsw.limit_in_bytes", "memory.swap.max"):
            with contextlib.suppress(OSError):
                (folder / name).write_text(str(memory_bytes if "memsw" in name else 0))
    except OSError:
        folder.rmdir()
        raise
    return folder


def _sweep(found: Controller) -> None:
    """Remove what killed keepers left; a group with a process in it cannot be removed."""
    for folder in found.root.glob(f"{_PREFIX}*"):
        # One that was just made is empty, too, but whoever made it lives.
        maker = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if not Path("/proc", maker).exists():
            with contextlib.suppress(OSError):
                folder.rmdir()


def _controllers() -> list[Controller]:
    found = []
    for line in _MOUNTS.read_text().splitlines():
        _, place, kind, options = line.split()[:4]
        if kind == "cgroup2":
            found.append(Controller(Path(place), "memory.max", "memory.events"))
        elif kind == "cgroup" and "memory" in options.split(","):
            found.append(
                Controller(Path(place), "memory.limit_in_bytes", "memory.oom_control"),
            )
    return found
