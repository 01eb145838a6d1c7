"""Files and folders that are whole, or gone, whatever stops the process that makes them."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from glovebox import unpack
from glovebox.files import write_whole
from glovebox.scratch import claimed_folder


def test_a_file_is_replaced_in_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "marks.txt"
    write_whole(path, b"one")
    path.chmod(0o444)
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match=r"No space left on device: '.*marks.txt'"):
        write_whole(path, b"three")
    assert path.read_bytes() == b"two"
    assert [found.name for found in tmp_path.iterdir()] == ["marks.txt"]


def test_what_is_left_of_a_killed_run_is_removed_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    program = "from glovebox.scratch import claimed_folder\n"
    program += "folder, claim = claimed_folder()\n"
    program += "(folder / 'work').touch()\nprint(folder, flush=True)\ninput()"
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        theirs = Path(other.stdout.readline().strip())
        mine, claim = claimed_folder()
        assert theirs.exists()
        other.kill()
    with contextlib.closing(claimed_folder()[1]):
        assert not theirs.exists()
        assert mine.exists()
    claim.close()


def test_files_unpacked_onto_a_full_disk_are_not_taken_for_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = {"a.txt": b"unpacked onto a full disk", "b.txt": b"b"}

    def full(folder: Path, files: dict[str, bytes]) -> None:
        (folder / "a.txt").touch()
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(unpack, "write_files", full)
        with pytest.raises(OSError, match="No space left"):
            unpack.unpacked(files)
    folder = unpack.unpacked(files)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == files
