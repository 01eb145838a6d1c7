"""What may befall a run of `glovebox autograde`."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import psutil

from tests.glovebox.classroom import STUDENTS, Course, Run

_MOST = 2
"""How often one worker may lose its kernel or zygote: of the times that it then grades a notebook
again, two are left alone."""

# What is killed by itself at a seam: function, before or after, at which call.
SUICIDE = """
import importlib, os, signal, sys

if __name__ == "__main__":
    _, module, name, moment, number, *arguments = sys.argv
    module, calls = importlib.import_module(module), 0
    original = getattr(module, name)

    def seam(*args, **kw):
        global calls
        calls += 1
        if calls == int(number) and moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        done = original(*args, **kw)
        if calls == int(number) and moment == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    setattr(module, name, seam)
    sys.argv[1:] = arguments
    from glovebox.cli import main

    main()
"""
SEAMS = (
    ("glovebox.filing", "record", 4),  # the gradebook's transaction
    ("glovebox.gradebook", "_record_notebook", 4),  # within it
    ("glovebox.filing", "write_whole", 16),  # each file
    ("os", "fsync", 16),  # a file that has no name yet
)


class Ground(NamedTuple):
    """Where a round takes place."""

    course: Course
    chance: random.Random
    disks: tuple[Path, ...]
    """Small ones, if any: that of the course, and that of temporary files."""


# --- what may befall a run: each says whether it did ----------------------------------------------


def _kill_one(kind: str) -> Callable[[Ground, Run], bool]:
    def strike(ground: Ground, run: Run) -> bool:
        def victims() -> list[tuple[int, object]]:
            return [one for one in run.family(kind) if run.disturbed[one[0]] < _MOST]

        while run.wait_until(victims):
            if found := victims():
                worker, victim = ground.chance.choice(found)
                if kill(victim):
                    run.disturbed[worker] += 1
                    return True
        return False

    return strike


def _wait(run: Run, seconds: float) -> None:
    """Wait for some seconds, or for the run's end."""
    end = time.monotonic() + seconds
    while not run.over and time.monotonic() < end:
        time.sleep(0.05)


def _replace_submission(ground: Ground, run: Run) -> bool:
    ground.course.hand_in(ground.chance.choice(STUDENTS))
    return not run.over


def _lock(ground: Ground, run: Run) -> bool:
    """Hold the gradebook for less than SQLite's time-out."""
    with contextlib.closing(sqlite3.connect(ground.course.root / "gradebook.db")) as other:
        other.execute("BEGIN EXCLUSIVE")
        time.sleep(ground.chance.uniform(0.1, 1.5))
        other.rollback()
    return not run.over


def _lock_for_long(ground: Ground, run: Run) -> bool:
    with contextlib.closing(sqlite3.connect(ground.course.root / "gradebook.db")) as other:
        other.execute("BEGIN EXCLUSIVE")
        alive = not run.over
        run.wait_until(lambda: False)
        other.rollback()
    return alive


def _take_gradebook(ground: Ground, run: Run) -> bool:
    here = ground.course.root / "gradebook.db"
    away = here.rename(ground.course.home / "gradebook.db")
    alive = not run.over
    _wait(run, ground.chance.choice((0.5, 3, 60)))
    assert not here.exists(), "an empty gradebook was made in its place"
    away.rename(here)
    return alive


def _fill_disk(ground: Ground, run: Run) -> bool:
    ballast = fill(ground.chance.choice(ground.disks))
    alive = not run.over
    _wait(run, ground.chance.uniform(0.5, 12))
    ballast.unlink()
    return alive


def _kill_caller(ground: Ground, run: Run) -> bool:
    alive = not run.over
    run.kill()
    return alive


def _press_ctrl_c(times: int) -> Callable[[Ground, Run], bool]:
    def strike(ground: Ground, run: Run) -> bool:
        if not run.wait_until(lambda: run.family("worker")):
            return False
        for _ in range(times):
            time.sleep(ground.chance.uniform(0, 0.5))
            with contextlib.suppress(ProcessLookupError):
                os.killpg(run.process.pid, signal.SIGINT)
        return True

    return strike


WORKER, TWICE = "a worker is killed", "Ctrl-C twice"
# Each with its weight in a random choice.
PASSING = {
    "a kernel is killed": (_kill_one("kernel"), 45),
    "a zygote is killed": (_kill_one("zygote"), 20),
    WORKER: (_kill_one("worker"), 15),
    "a submission is replaced": (_replace_submission, 30),
    "the gradebook is locked for a moment": (_lock, 20),
}
ENDING = {
    "the caller is killed": (_kill_caller, 8),
    "Ctrl-C": (_press_ctrl_c(1), 3),
    TWICE: (_press_ctrl_c(2), 3),
    "the gradebook is locked": (_lock_for_long, 2),
    "the gradebook is gone": (_take_gradebook, 5),
    "the disk is full": (_fill_disk, 14),
}
STOP = "the caller is stopped while it records"
"""Half of the times files that were written last are cut, as in a power failure."""
SAID = {
    "the gradebook is locked": ("database is locked",),
    "the gradebook is gone": ("there is no gradebook at", "the gradebook cannot be used"),
    "the disk is full": ("No space left on device", "the gradebook cannot be used"),
}
"""What is said, in these words or those, of what stops a run."""
GIVEN_UP = ("the worker that graded it died twice",)
"""What is said of a submission whose worker was killed again."""
KINDS = {**{name: one[1] for name, one in (PASSING | ENDING).items()}, STOP: 14}


# --- disks and power ------------------------------------------------------------------------------


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A file system of its own that is soon full; OSError where none can be had."""
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64m", "glovebox-test", str(folder)],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise OSError(done.stderr.decode())
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(disk: Path) -> Path:
    """Fill a small disk to the last byte with a file, and name that."""
    ballast = disk / ".ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            with contextlib.suppress(OSError):
                while file.write(bytes(size)) == size:
                    pass
    return ballast


def kill(process: psutil.Process) -> bool:
    """Kill a process; False if it was gone already."""
    try:
        process.send_signal(signal.SIGKILL)
    except psutil.NoSuchProcess:
        return False
    return True


def cut_newest(graded: Path, chance: random.Random) -> None:
    """Leave of the files that were written last what may be left after a power failure."""
    folders = sorted(graded.glob("*/tiny"), key=lambda folder: folder.stat().st_mtime)
    for path in folders[-1].iterdir() if folders else ():
        if chance.random() < 0.5:
            content = path.read_bytes()
            path.unlink()
            path.write_bytes(content[: chance.randrange(len(content) + 1)])
