"""Watches a process with all its descendants from outside: seconds of processor time, and memory."""

from __future__ import annotations

import threading
from typing import Self

import psutil

_LOOK = 0.1
_LOOK_AT_MEMORY = 5
"""One look in so many is at memory too, which takes the system some work."""


class Watch:
    """Samples a family of processes from the first moment until :meth:`end`.

    What a process used between the last look at it and its end is missed. The system's own account
    of finished children would not do: that of boxed kernels reaches no ancestor.
    """

    def __init__(self, pid: int) -> None:
        self.memory = 0.0
        """The most that all held at one time, in MiB; what they share is counted once."""
        self._top = pid
        self._used: dict[psutil.Process, float] = {}
        self._before = {process: _cpu(process) for process in self._family()}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def end(self) -> Self:
        """Stop watching; the figures are complete."""
        self._ended.set()
        self._thread.join()
        return self

    @property
    def cpu(self) -> float:
        """Seconds of processor time that were used since the watch began."""
        return sum(used - self._before.get(who, 0.0) for who, used in self._used.items())

    def _family(self) -> list[psutil.Process]:
        try:
            top = psutil.Process(self._top)
            return [top, *top.children(recursive=True)]
        except psutil.Error:
            return []

    def _watch(self) -> None:
        looks = 0
        while True:
            family = self._family()
            for process in family:
                self._used[process] = max(_cpu(process), self._used.get(process, 0.0))
            if looks % _LOOK_AT_MEMORY == 0:
                self.memory = max(self.memory, sum(map(_share, family)) / (1 << 20))
            looks += 1
            if self._ended.wait(_LOOK):
                return


def _cpu(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system)


def _share(process: psutil.Process) -> float:
    try:
        return float(process.memory_full_info().pss)
    except psutil.Error:
        return 0.0
