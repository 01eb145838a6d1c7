"""A clock for time limits, which stands still while the grader does."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

_STOPPED = 3.0
"""Where a short wait takes so many seconds longer, this process stood still, or its machine."""
_SCHEDSTAT = Path("/proc/thread-self/schedstat")
"""What Linux counts of a thread: nanoseconds on a processor, nanoseconds in the queue for one."""


class Clock:
    """Seconds as of ``time.monotonic``, but for waits in which this process was stopped."""

    def __init__(self) -> None:
        self._stopped = 0.0

    def now(self) -> float:
        """The time in seconds, from any beginning."""
        return time.monotonic() - self._stopped

    @contextlib.contextmanager
    def waiting(self, seconds: float) -> Iterator[None]:
        """Watch a wait, and leave out what it took longer than it should if that is much.

        Only waits are watched, which nothing that a kernel sends can make longer. A kernel that
        keeps all processors busy can, so the time in the queue for one is counted as any other.

        Args:
            seconds: how long the block waits at most.
        """
        # The queue is read first: a wait for a processor between the two is then counted as well.
        before = -_queued() + time.monotonic()
        yield
        longer = time.monotonic() - _queued() - before - seconds
        if longer > _STOPPED:
            self._stopped += longer


def _queued() -> float:
    """Seconds that this thread has waited for a processor; 0 where they are not counted."""
    try:
        counted = _SCHEDSTAT.read_text(encoding="ascii").split()
    except OSError:
        return 0.0
    return int(counted[1]) / 1e9
