"""Ctrl-C as a wish: what is under way is finished and kept, and nothing new is begun."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

_NOTICE = "\nStopping; what is under way is finished first (Ctrl-C again: stop at once).\n"
_stops: list[weakref.WeakMethod[Callable[[], None]]] = []
"""Those of all blocks that are open."""
_before: dict[int, Any] = {}
"""What signals did before the first of these blocks."""


@contextlib.contextmanager
def gentle_interrupt(stop: Callable[[], None], *others: signal.Signals) -> Iterator[None]:
    """Within the block, the first Ctrl-C calls ``stop``; the next does what it did before.

    An exception that a signal raises may come anywhere, in the middle of recording a mark or in a
    destructor, where it is lost. So none is raised; ``stop`` makes the work come to its end. Where
    Ctrl-C is ignored, and in threads other than the main one, the block changes nothing. Of blocks
    within each other, all are asked to stop.

    Args:
        stop: a method of an object, which is not kept alive for it.
        others: signals that are to do the same.
    """
    reference = weakref.WeakMethod(stop)
    _stops.append(reference)
    mine = [number for number in (signal.SIGINT, *others) if _take(number)]
    try:
        yield
    finally:
        _stops.remove(reference)
        for number in mine:
            if signal.getsignal(number) is _on_first:
                _give_back(number)


def _take(number: int) -> bool:
    """Whether a signal does something else from now on than before."""
    current = signal.getsignal(number)
    on_main = threading.current_thread() is threading.main_thread()
    if current in (signal.SIG_IGN, None, _on_first) or not on_main:
        return False
    _before[number] = current
    signal.signal(number, _on_first)
    return True


def _give_back(number: int) -> None:
    signal.signal(number, _before.pop(number))


def _on_first(number: int, frame: FrameType | None) -> None:
    _give_back(number)
    # Not print(): the signal may have come while that was writing.
    with contextlib.suppress(OSError):
        os.write(sys.__stderr__.fileno() if sys.__stderr__ else 2, _NOTICE.encode())
    for reference in list(_stops):
        if (method := reference()) is not None:
            method()
