"""Unpacks what was downloaded from an LMS, in which strangers chose the names and the contents.

nbgrader's own extractor unpacks any number of files of any size, archives within archives without
end, and forgets when a file was written. Here only plain files come out, into the folder that they
belong in, up to limits; what is left out is named.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import stat
import time
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from nbgrader.plugins import ExtractorPlugin
from traitlets import Integer

from glovebox.errors import UserError
from glovebox.parse import printable
from glovebox.submission import MAX_BYTES

_LONGEST_NAME = 255
"""Bytes of a file's name."""
_CLUTTER = ("__MACOSX",)
"""What a machine puts into archives, and no student."""
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # an unknown way of packing
    RuntimeError,  # a password
    ValueError,
)


class ArchiveError(UserError):
    """A downloaded archive cannot be used; the sentence says why."""


@dataclass
class _Room:
    """What may still be unpacked."""

    files: int
    size: int


class PlainExtractor(ExtractorPlugin):  # type: ignore[misc, unused-ignore]
    """For ``ZipCollectApp.extractor_plugin``: plain files up to a size, with their times.

    A student's own zip file in the LMS's is unpacked too, into a folder of its name.
    """

    max_file_bytes = Integer(MAX_BYTES, help="A larger file is left out.").tag(config=True)
    max_total_bytes = Integer(4 << 30, help="No more is unpacked in all.").tag(config=True)
    max_files = Integer(20_000, help="No more files are unpacked in all.").tag(config=True)
    max_own_bytes = Integer(
        2 * MAX_BYTES, help="No more is unpacked of a student's own zip file."
    ).tag(config=True)
    max_own_files = Integer(
        500, help="No more files are unpacked of a student's own zip file."
    ).tag(config=True)

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Unpack all zip files of a folder, each into a folder of its name, and copy the rest."""
        try:
            self._extract(Path(archive_path), Path(extracted_path))
        except UserError as error:
            self.log.error("%s", error)
            raise SystemExit(1) from error

    def _extract(self, archives: Path, target: Path) -> None:
        found = sorted(path for path in archives.rglob("*") if path.is_file())
        if not found:
            raise ArchiveError(f"{archives} is empty; put what you downloaded from the LMS there.")
        room = _Room(self.max_files, self.max_total_bytes)
        for path in found:
            place = target / path.relative_to(archives)
            if path.suffix.lower() == ".zip":
                self.log.info("Extracting from: %s", path)
                with path.open("rb") as file:
                    self._unzip(file, place.with_suffix(""), path.name, room)
            else:
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, place)

    def _unzip(
        self, file: IO[bytes], target: Path, name: str, room: _Room, *, own: bool = False
    ) -> None:
        """Unpack a zip file, or what a student put into one.

        Raises:
            ArchiveError: it cannot be read, or there is no room for all of it.
        """
        try:
            archive = zipfile.ZipFile(file)
        except _UNREADABLE as error:
            raise ArchiveError(f"{name}: it is no zip file that can be read ({error}).") from error
        with archive:
            for info in archive.infolist():
                label = printable(f"{name}/{_name(info)}" if own else _name(info), 200)
                parts = _parts(info)
                if info.is_dir():
                    continue  # folders are made for what is in them
                if problem := _problem(info, parts):
                    self.log.warning("%s: %s; left out", label, problem)
                    continue
                if any(part.startswith(".") or part in _CLUTTER for part in parts):
                    continue
                content = self._read(archive, info, label, room)
                if content is None:
                    continue
                if parts[-1].lower().endswith(".zip") and not own:
                    self._unzip_own(content, target.joinpath(*parts), label, room)
                else:
                    self._put(content, info, target.joinpath(*parts), label)

    def _unzip_own(self, content: bytes, place: Path, label: str, room: _Room) -> None:
        """Unpack a student's zip file, which can be as it likes and stops nobody else's."""
        most = _Room(min(self.max_own_files, room.files), min(self.max_own_bytes, room.size))
        left = _Room(most.files, most.size)
        try:
            self._unzip(io.BytesIO(content), place.with_suffix(""), label, left, own=True)
        except ArchiveError as error:
            self.log.warning("%s What had not been unpacked of it is left out", error)
        room.files -= most.files - left.files
        room.size -= most.size - left.size

    def _read(
        self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, label: str, room: _Room
    ) -> bytes | None:
        if room.files <= 0 or room.size <= 0:
            raise ArchiveError(
                f"{label}: with it, more files or bytes would be unpacked than PlainExtractor's "
                "settings allow."
            )
        room.files -= 1
        try:
            with archive.open(info) as file:
                # Whatever size it says it has.
                content = file.read(self.max_file_bytes + 1)
        except _UNREADABLE as error:
            self.log.warning("%s: it cannot be read (%s); ask for it again", label, error)
            return None
        room.size -= len(content)
        if len(content) > self.max_file_bytes:
            megabytes = self.max_file_bytes / 1e6
            self.log.warning("%s: it is larger than %g MB; left out", label, megabytes)
            return None
        return content

    def _put(self, content: bytes, info: zipfile.ZipInfo, place: Path, label: str) -> None:
        if place.is_file():
            self.log.warning("%s: it is there twice; the last one was taken", label)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        except (FileExistsError, NotADirectoryError, IsADirectoryError):
            self.log.warning("%s: a file is where its folder should be; left out", label)
            return
        except OSError as error:
            raise UserError(f"{place}: {error.strerror}.") from error
        # A zip file's times are those of a clock on the wall; where it hung, it does not say.
        with contextlib.suppress(ValueError, OverflowError):
            moment = time.mktime((*info.date_time, 0, 0, -1))
            os.utime(place, (moment, moment))


def _name(info: zipfile.ZipInfo) -> str:
    """A file's name; some programs write UTF-8 and do not say so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _parts(info: zipfile.ZipInfo) -> list[str]:
    return [part for part in _name(info).replace("\\", "/").split("/") if part != "."]


def _problem(info: zipfile.ZipInfo, parts: list[str]) -> str:
    """Why a file is left out; nothing, if it is not."""
    kind = info.external_attr >> 16
    if kind and stat.S_IFMT(kind) not in (0, stat.S_IFREG):
        return "it is a link or no plain file"
    if not parts or any(part in ("", "..") or ":" in part for part in parts):
        return "its name leads elsewhere"
    if any(len(part.encode("utf-8", "replace")) > _LONGEST_NAME for part in parts):
        return "its name is too long"
    if any(unicodedata.category(one) in ("Cc", "Cs") for part in parts for one in part):
        return "its name holds control characters"
    return ""
