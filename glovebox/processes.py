"""Ends a kernel with all that it started, and clears away its files."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psutil

_ROUNDS = 50
_PATIENCE = 5.0


def end_tree(kernel: subprocess.Popen[bytes] | None, folder: Path) -> None:
    """Kill a kernel, its descendants, and whatever else bears its mark.

    The mark is the scratch folder in the environment: it finds children that were orphaned. An
    orphan that also replaced its environment is beyond this function; a process namespace holds it.

    Args:
        kernel: the kernel's process; None where only the mark is known.
        folder: the folder in which the kernel's ``TMPDIR`` lies.
    """
    found: dict[int, psutil.Process] = {}
    for _ in range(_ROUNDS):
        fresh = [process for process in _family(kernel, folder) if process.pid not in found]
        if not fresh:
            break
        # Stopped first and killed when no more turn up: what is stopped starts nothing new.
        for process in fresh:
            found[process.pid] = process
            with contextlib.suppress(psutil.Error):
                process.send_signal(signal.SIGSTOP)
    for process in found.values():
        with contextlib.suppress(psutil.Error):
            process.send_signal(signal.SIGKILL)
    if kernel is not None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            kernel.wait(timeout=_PATIENCE)
    psutil.wait_procs(list(found.values()), timeout=_PATIENCE)


def _family(kernel: subprocess.Popen[bytes] | None, folder: Path) -> Iterator[psutil.Process]:
    # Once the kernel has been waited for, its number may be anybody's.
    if kernel is not None and kernel.poll() is None:
        with contextlib.suppress(psutil.Error):
            top = psutil.Process(kernel.pid)
            yield top
            yield from top.children(recursive=True)
    mark = f"{folder}{os.sep}"
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if process.environ().get("TMPDIR", "").startswith(mark):
                yield process


def remove_tree(folder: Path) -> None:
    """Remove a folder that a stranger filled: of any depth, with any permissions.

    What cannot be removed is left; nothing is raised.
    """
    with contextlib.suppress(OSError, RecursionError):
        shutil.rmtree(folder)
    if folder.exists():
        # The system's own tools go as deep as a path can be made.
        for command in (["chmod", "-R", "u+rwx"], ["rm", "-rf"]):
            with contextlib.suppress(OSError):
                subprocess.run([*command, "--", str(folder)], capture_output=True, check=False)
