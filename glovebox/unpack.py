"""Files that arrived as bytes, written into folders that only the running process uses."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from pathlib import Path

from glovebox.scratch import scratch_root


def digest_of(files: Mapping[str, bytes]) -> str:
    """A digest of names and contents."""
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def unpacked(files: Mapping[str, bytes]) -> Path:
    """The folder that holds these files; the same content always gives the same folder.

    It is named by its content, so a changed file is never mistaken for an earlier one, and it is
    removed when the process ends.
    """
    folder = _private_folder() / digest_of(files)[:16]
    if not folder.exists():
        # A full disk must not leave a folder that seems to be whole.
        part = folder.with_name(f"{folder.name}.part")
        part.mkdir(parents=True, exist_ok=True)
        write_files(part, files)
        part.rename(folder)
    return folder


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by relative name into a folder, and make the folders that they lie in."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


_folder: tempfile.TemporaryDirectory[str] | None = None


def _private_folder() -> Path:
    global _folder
    if _folder is None:
        _folder = tempfile.TemporaryDirectory(prefix="glovebox-files-", dir=scratch_root())
    return Path(_folder.name)
