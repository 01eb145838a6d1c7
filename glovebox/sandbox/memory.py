"""How much memory the processes of a box use together, where no control group counts it."""

from __future__ import annotations

import contextlib
from pathlib import Path

import psutil


def uses_more_than(limit: int, first: int) -> bool:
    """Whether the processes of a box hold more than ``limit`` bytes of memory.

    Pages that they share are counted once. Files in memory are not counted: their own limit holds
    them.

    Args:
        limit: in bytes.
        first: the box's first process, whose descendants all others are.
    """
    # What each process holds is quick to read, but counts a forked page once for each of them; so
    # the shares, which take the system some work, are asked for when that is too much.
    pids = _pids(first)
    if sum(_held(pid) for pid in pids) <= limit:
        return False
    return sum(_share(pid) for pid in pids) > limit


def _pids(first: int) -> list[int]:
    try:
        return [process.pid for process in psutil.Process(first).children(recursive=True)]
    except psutil.Error:
        return []


def _held(pid: int) -> int:
    return _read(f"/proc/{pid}/status", ("RssAnon", "RssShmem")) or 0


def _share(pid: int) -> int:
    # A process can keep its shares from being read; then all that it holds counts.
    share = _read(f"/proc/{pid}/smaps_rollup", ("Pss_Anon", "Pss_Shmem"))
    return _held(pid) if share is None else share


def _read(path: str, names: tuple[str, ...]) -> int | None:
    """The sum of some fields, given in kB, as bytes; None if none could be read."""
    found = []
    with contextlib.suppress(OSError, ValueError):
        for line in Path(path).read_text().splitlines():
            name, _, rest = line.partition(":")
            if name in names:
                found.append(int(rest.split()[0]) << 10)
    return sum(found) if found else None
