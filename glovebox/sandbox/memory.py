"""How much memory the processes of a box use together, control group or not."""

from __future__ import annotations

import contextlib
from pathlib import Path

import psutil

_WALKED = 16
"""Processes whose pages are looked at for a figure that nothing hangs on."""


def used(first: int, limit: int) -> int:
    """Bytes of memory that the processes of a box hold: more than ``limit``, or at the most.

    Pages that they share are counted once where more than ``limit`` is said to be held; below it,
    once for each process. The tables of their pages and what their sockets may hold at most are
    counted, too. Files in memory are not: their own limit holds them.

    Args:
        first: the box's first process, whose descendants all others are.
        limit: in bytes.
    """
    # What each process holds is quick to read, but counts a forked page once for each of them; so
    # the shares, which take the system some work, are asked for when that is too much.
    pids = _pids(first)
    sockets = _in_sockets(first)
    held = sockets + sum(_held(pid) for pid in pids)
    return held if held <= limit else sockets + sum(_share(pid) for pid in pids)


def at_once(first: int, most: int, pages: bool = True) -> int:
    """Bytes of memory that a box's processes hold, as people would count; ``most`` if that is more.

    Pages that several share count once: of the largest process all, of the others what they share
    with nobody; or everybody's shares, if that is more. Of more than a few processes that cannot be
    had in reasonable time, so the others are left out.

    Args:
        first: the box's first process.
        most: what is known to have been held before.
        pages: whether there is time to look at pages; otherwise the largest process counts.
    """
    amounts = {pid: _held(pid) for pid in _pids(first)}
    if sum(amounts.values()) <= most:
        return most
    largest = max(amounts, key=lambda pid: amounts[pid])
    others = [pid for pid in amounts if pid != largest]
    if not pages or len(others) > _WALKED:
        return max(most, amounts[largest])
    own = amounts[largest] + sum(_own(pid) for pid in others)
    shares = sum(_share(pid) for pid in amounts) if others else 0
    return max(most, own, shares)


def _pids(first: int) -> list[int]:
    try:
        return [process.pid for process in psutil.Process(first).children(recursive=True)]
    except psutil.Error:
        return []


def _held(pid: int) -> int:
    return _of_any_thread(pid, ("RssAnon", "RssShmem", "VmPTE"))


def _share(pid: int) -> int:
    # A process can keep its shares from being read; then all that it holds counts.
    share = _read(Path(f"/proc/{pid}/smaps_rollup"), ("Pss_Anon", "Pss_Shmem"))
    if share is None:
        return _held(pid)
    return share + _of_any_thread(pid, ("VmPTE",))


def _own(pid: int) -> int:
    # A process can keep its shares from being read; then all that it holds counts.
    own = _read(Path(f"/proc/{pid}/smaps_rollup"), ("Private_Dirty",))
    return _held(pid) if own is None else own


def _of_any_thread(pid: int, names: tuple[str, ...]) -> int:
    """What a process's status says, or else that of a thread that has outlived the first one."""
    for path in (Path(f"/proc/{pid}/status"), *Path(f"/proc/{pid}/task").glob("*/status")):
        if (found := _read(path, names)) is not None:
            return found
    return 0


def _in_sockets(first: int) -> int:
    """The most that all sockets of the box can hold; none can be given a larger buffer."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        used = Path(f"/proc/{first}/net/sockstat").read_text().split()[2]
        return int(used) * int(Path("/proc/sys/net/core/wmem_default").read_text())
    return 0


def _read(path: Path, names: tuple[str, ...]) -> int | None:
    """The sum of some fields, given in kB, as bytes; None if none could be read."""
    found = []
    with contextlib.suppress(OSError, ValueError):
        for line in path.read_text().splitlines():
            name, _, rest = line.partition(":")
            if name in names:
                found.append(int(rest.split()[0]) << 10)
    return sum(found) if found else None
