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

_NOTICE = "\nStopping; what is under way is finished first (Ctrl-C again: stop at once).\n"


@contextlib.contextmanager
def gentle_interrupt(stop: Callable[[], None]) -> Iterator[None]:
    """Within the block, the first Ctrl-C calls ``stop``; the next does what it did before.

    ``stop`` is a method of an object, which the handler does not keep alive.

    An exception that a signal raises may come anywhere, in the middle of recording a mark or in a
    destructor, where it is lost. So none is raised; ``stop`` makes the work come to its end. Where
    Ctrl-C is ignored, and in threads other than the main one, the block changes nothing.
    """
    reference = weakref.WeakMethod(stop)
    before = signal.getsignal(signal.SIGINT)
    on_main = threading.current_thread() is threading.main_thread()
    if before in (signal.SIG_IGN, None) or not on_main:
        yield
        return

    def on_first(number: int, frame: FrameType | None) -> None:
        signal.signal(number, before)
        # Not print(): the signal may have come while that was writing.
        with contextlib.suppress(OSError):
            os.write(sys.__stderr__.fileno() if sys.__stderr__ else 2, _NOTICE.encode())
        if (method := reference()) is not None:
            method()

    signal.signal(signal.SIGINT, on_first)
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGINT) is on_first:
            signal.signal(signal.SIGINT, before)
