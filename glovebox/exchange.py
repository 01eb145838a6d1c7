"""nbgrader's exchange, made safe against what lies in it, and spared what everybody has.

Every student may write into ``inbound``. nbgrader copies what is there with the instructor's rights
and follows links in doing so: one to the solutions comes back as the student's own work. One name
that is no submission's stops the collection for the class, and who hands in under another's name
replaces what they handed in. And the assignment's data are copied once for every submission.
"""

from __future__ import annotations

import datetime
import glob
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect, ExchangeSubmit
from nbgrader.exchange.default.collect import pwd

from glovebox import plainfiles
from glovebox.coursefolder import SECRET, TIMESTAMP, SafeCourseDirectory
from glovebox.parse import printable
from glovebox.processes import remove_tree
from glovebox.submission import MAX_BYTES

_NEVER = datetime.datetime.min
"""The time of what is no submission."""


class Submit(ExchangeSubmit):  # type: ignore[misc, unused-ignore]
    """Hands in what the student wrote, and not the data that came with the assignment."""

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copy the student's folder, without the files that were released beside the notebooks."""
        before = self.coursedir.ignore
        names = (Path(name).name for name in _data(Path(self.release_path)))
        self.coursedir.ignore = [*before, *map(glob.escape, names)]
        try:
            super().do_copy(src, dest, log)
        finally:
            self.coursedir.ignore = before


class Collect(ExchangeCollect):  # type: ignore[misc, unused-ignore]
    """Collects plain files, each submission as a whole or not at all."""

    coursedir: Any
    src_records: list[dict[str, Any]]
    _left_out: frozenset[str]
    """What travels beside the notebooks of the assignment that is collected."""

    def init_src(self) -> None:
        """Choose one submission of each student."""
        # A time stamp that nobody can read is no reason to leave anybody behind.
        self.coursedir = SafeCourseDirectory.like(self.coursedir, copying=True)
        super().init_src()
        course = self.coursedir
        source = course.format_path(course.source_directory, ".", course.assignment_id)
        self._left_out = frozenset(_data(Path(source)))
        self.src_records = [one for one in self.src_records if one["timestamp"] != _NEVER]

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copy a submission; until that is done, nothing has its name."""
        target = Path(dest)
        part = target.with_name(f".{target.name}.part")
        remove_tree(part)
        try:
            (part / "plain").mkdir(parents=True)
            with plainfiles.opened(Path(src)) as root:
                self._copy_plain_files(root, src, part / "plain")
            super().do_copy(str(part / "plain"), str(part / "whole"), log)
            (part / "whole").rename(target)
        finally:
            remove_tree(part)

    def _copy_plain_files(self, root: int, src: str, target: Path) -> None:
        room = int(1000 * self.coursedir.max_dir_size)
        # What is graded comes first, whatever else there is.
        names = sorted(
            plainfiles.walk(root),
            key=lambda name: (name not in (TIMESTAMP, SECRET), not name.endswith(".ipynb"), name),
        )
        for name in names:
            if name in self._left_out:
                continue
            content, problem = plainfiles.read(root, name, min(MAX_BYTES, room))
            if content is None:
                self.log.warning("%s: %s; it was left there", printable(Path(src).name), problem)
                continue
            room -= len(content)
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes(content)

    def _path_to_record(self, path: str) -> dict[str, Any]:
        try:
            record: dict[str, Any] = super()._path_to_record(path)
        except (ValueError, OverflowError, TypeError):
            record = {"username": Path(path).name.split("+")[0], "timestamp": _NEVER}
        student = record["username"]
        # nbgrader makes a path of it.
        odd = not student or student.startswith(".") or glob.has_magic(student)
        if record["timestamp"] == _NEVER or odd or not _is_folder(Path(path)):
            self.log.warning("%s is no submission; it was left there", printable(Path(path).name))
            record["timestamp"] = _NEVER
        record["own"] = _owner(Path(path)) == student
        return record

    def _sort_by_timestamp(self, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Those of one student, latest first; what another handed in does not replace theirs."""
        own = [record for record in records if record["own"]] if self.check_owner else []
        ordered: list[dict[str, Any]] = super()._sort_by_timestamp(own or records)
        return ordered


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _owner(path: Path) -> str:
    try:
        return str(pwd.getpwuid(path.lstat().st_uid).pw_name) if pwd is not None else ""
    except (KeyError, OSError):
        return ""


def _data(folder: Path) -> Iterator[str]:
    """Relative names of what travels beside an assignment's notebooks."""
    for path in folder.rglob("*"):
        if path.suffix != ".ipynb" and path.is_file():
            yield path.relative_to(folder).as_posix()
