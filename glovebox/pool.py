"""Trusted processes that work for the caller, and everything they leave behind.

:class:`concurrent.futures.ProcessPoolExecutor` starts them and hands out the work. Three things are
added, because notebooks of strangers are graded in them: whatever becomes of a worker, its kernels
and files are cleared away; work can be taken back until the moment a worker begins it; and a worker
may be killed at any time without harm to the others.
"""

from __future__ import annotations

import contextlib
import functools
import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Generic, TypeVar

from glovebox.assignment import AssignmentBundle
from glovebox.environment import COMPUTING, environment
from glovebox.errors import UserError
from glovebox.files import named, write_whole
from glovebox.packing import pack, unpack
from glovebox.processes import end_tree, remove_tree
from glovebox.scratch import claimed_folder

Work = TypeVar("Work")
Done = TypeVar("Done")


class Call(Generic[Done]):
    """A function call that a worker will make, makes or has made."""

    future: Future[Done]
    """What the function returns or raises, or BrokenProcessPool if a worker ended before its time,
    or CancelledError if the pool was closed before the call was made."""
    begun = False
    """Whether a worker has begun it; known once the future is done."""

    def __init__(self, folder: Path, made: Future[None]) -> None:
        self.future = Future()
        self._folder = folder
        made.add_done_callback(self._take_in)

    def _take_in(self, made: Future[None]) -> None:
        """Read what was returned as soon as it is there: the pool, and its folder, may go."""
        self.begun = not (self._folder / "work").exists()
        try:
            made.result()
            self.future.set_result(pickle.loads((self._folder / "done").read_bytes()))
        except UserError as error:
            # Its sentence says it all, and the executor's note of where it was raised is long.
            self.future.set_exception(error.with_traceback(None))
            error.__cause__ = None
        except Exception as error:
            self.future.set_exception(error)
        remove_tree(self._folder)

    def take_back(self) -> bool:
        """Whether the call, which no worker had begun, will not be made."""
        # Here and in a worker the one that gets hold of the file is the one that decides.
        with contextlib.suppress(FileNotFoundError):
            (self._folder / "work").unlink()
            return True
        return False


class Pool:
    """Up to ``workers`` processes, each started when there is work for it."""

    def __init__(self, workers: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._folder, self._claim = claimed_folder()
        # Nothing is ever sent: workers end when the caller's end is closed, by itself or by death.
        held, self._leash = context.Pipe(duplex=False)
        self._executor = ProcessPoolExecutor(
            workers, context, _live_on_a_leash, (held, self._folder)
        )
        self._calls = 0

    def submit(self, function: Callable[[Work], Done], work: Work) -> Call[Done]:
        """Have ``function(work)`` called by a worker.

        Raises:
            BrokenProcessPool: a worker ended before its time; the pool must be closed.
            OSError: there is no room for what is to travel.
        """
        self._calls += 1
        folder = self._folder / f"call-{self._calls}"
        folder.mkdir()
        _pack(work, folder / "work", self._folder)
        with self._setting():
            return Call(folder, self._executor.submit(_carry_out, function, str(folder)))

    def close(self, at_once: bool) -> None:
        """End the workers, when they are done or at once, and clear away all that is theirs."""
        if at_once:
            self._leash.close()
        self._executor.shutdown(cancel_futures=True)
        self._leash.close()
        end_tree(None, self._folder)
        remove_tree(self._folder)
        self._claim.close()

    @contextlib.contextmanager
    def _setting(self) -> Iterator[None]:
        """What workers take over from the caller at the moment they are started."""
        # A Ctrl-C reaches the whole process group, and a new worker cannot ignore it at once.
        masked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            with environment({**COMPUTING, "TMPDIR": str(self._folder)}):
                yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, masked)


# --- in a worker ----------------------------------------------------------------------------------


def _live_on_a_leash(leash: Connection, folder: Path) -> None:
    """Set up a worker: it leaves Ctrl-C to the caller, and ends when the caller wants or dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    _let_others_finish()
    threading.Thread(target=_end_with, args=(leash, folder), daemon=True).start()


def _let_others_finish() -> None:
    """On Linux: what is woken, here and in all kernels, waits for a processor until it is its turn.

    Else, where notebooks compete for processors, the thread of TensorFlow's that is told at the end
    of each epoch to end looks before the word is given, and sleeps on for some milliseconds
    (``benchmarks/epochs.py``; ``SCHED_BATCH``, sched(7)).
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError):  # not everything that calls itself Linux has it
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def _end_with(leash: Connection, folder: Path) -> None:
    leash.poll(None)
    caller = multiprocessing.parent_process()
    if caller is None or not caller.is_alive():
        remove_tree(folder)  # which it would have done
    # The main thread may be anywhere, in a library that hangs too.
    os._exit(1)


def _carry_out(function: Callable[[Any], Any], place: str) -> None:
    """Call a function with what lies in a folder, and put there what it returns.

    Through the executor's pipes go only messages that are too small to be left half written by a
    worker that is killed.
    """
    folder = Path(place)
    begun = (folder / "work").rename(folder / "begun")
    done = function(_unpack(begun))
    with named(folder):
        (folder / "done").write_bytes(pickle.dumps(done))


# --- how work travels -----------------------------------------------------------------------------


def _pack(work: object, path: Path, shared: Path) -> None:
    packed, apart = pack(work)
    for digest, assignment in apart.items():
        if not (place := _place_of(digest, shared)).exists():
            write_whole(place, pickle.dumps(assignment))
    with named(path):
        path.write_bytes(packed)


def _unpack(path: Path) -> Any:
    # A call's folder lies in the one that all calls share.
    return unpack(path.read_bytes(), lambda digest: _load(_place_of(digest, path.parent.parent)))


def _place_of(digest: str, shared: Path) -> Path:
    return shared / f"assignment-{digest}"


@functools.lru_cache(maxsize=4)
def _load(path: Path) -> AssignmentBundle:
    bundle: AssignmentBundle = pickle.loads(path.read_bytes())
    return bundle
