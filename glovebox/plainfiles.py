"""Reads plain files from a folder that somebody else may write, and follows no link."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from glovebox.parse import printable

_MAX_DEPTH = 3
_MAX_ENTRIES = 2_000
# Windows, where nothing is graded, has none of these and must be able to import this all the same.
_FOLDER = getattr(os, "O_DIRECTORY", 0)
_FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC")
)


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[int]:
    """A descriptor of a folder. Raises OSError if it cannot be opened, or is a link."""
    root = os.open(folder, _FLAGS | _FOLDER)
    try:
        yield root
    finally:
        os.close(root)


def walk(folder: int, prefix: str = "", depth: int = _MAX_DEPTH) -> Iterator[str]:
    """Plain files below an open folder, hidden ones and links left out."""
    with os.scandir(folder) as entries:
        for number, entry in enumerate(entries):
            if number >= _MAX_ENTRIES:
                return
            if entry.name.startswith("."):
                continue
            if entry.is_file(follow_symlinks=False):
                yield prefix + entry.name
            elif depth > 1 and entry.is_dir(follow_symlinks=False):
                try:
                    inner = os.open(entry.name, _FLAGS | _FOLDER, dir_fd=folder)
                except OSError:
                    continue
                try:
                    yield from walk(inner, f"{prefix}{entry.name}/", depth - 1)
                finally:
                    os.close(inner)


def read(root: int, path: str, max_bytes: int) -> tuple[bytes | None, str]:
    """The bytes of a plain file, or None and the reason; no part of ``path`` is a link followed."""
    name = printable(path)
    *folders, last = path.split("/")
    descriptors: list[int] = []
    here = root
    try:
        for folder in folders:
            here = os.open(folder, _FLAGS | _FOLDER, dir_fd=here)
            descriptors.append(here)
        # A FIFO or a device may block or act when it is opened: look first.
        info = os.stat(last, dir_fd=here, follow_symlinks=False)
        if not stat.S_ISREG(info.st_mode):
            return None, f'"{name}" is {_kind(info.st_mode)}'
        fd = os.open(last, _FLAGS, dir_fd=here)
        descriptors.append(fd)
        info = os.fstat(fd)
        if not stat.S_ISREG(info.st_mode):
            return None, f'"{name}" is {_kind(info.st_mode)}'
        with open(fd, "rb", closefd=False) as file:
            content = file.read(max_bytes + 1)
        if len(content) > max_bytes:
            return None, f'"{name}" is larger than {max_bytes // 1_000_000} MB'
        return content, ""
    except FileNotFoundError:
        return None, f'"{name}" is missing'
    except OSError as error:
        return None, f'"{name}" cannot be read ({error.strerror})'
    finally:
        for fd in descriptors:
            os.close(fd)


def _kind(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return "a symbolic link, which is not followed"
    return "a folder" if stat.S_ISDIR(mode) else "a device or pipe"


def read_small_file(folder: Path, name: str, max_bytes: int = 10_000) -> bytes | None:
    """A plain file of a submission folder; None if it is anything else, missing or larger."""
    try:
        with opened(folder) as root:
            return read(root, name, max_bytes)[0]
    except OSError:
        return None
