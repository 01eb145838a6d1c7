"""Files that are there as a whole or not at all, whatever stops the process that writes them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

UNFINISHED = ".*.part"
"""The names of files that are being written, or were when a process was killed."""


def write_whole(path: Path, content: bytes) -> None:
    """Write a file, or replace it, in one step.

    The content is on the disk before it has its name, so that not even a power failure leaves half
    of it. Only one process may write a file at a time.

    Raises:
        OSError: it cannot be written; what was there is untouched.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        with named(path), part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException as error:
        part.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename == str(part):
            error.filename = str(path)
        raise


@contextlib.contextmanager
def named(path: Path) -> Iterator[None]:
    """Say in an OSError of the block which file it is about; writing to an open one does not.

    Raises:
        OSError: as the block does.
    """
    try:
        yield
    except OSError as error:
        error.filename = error.filename or str(path)
        raise
