"""Whose an uploaded file is, and which notebook of an assignment, by what an LMS made its name."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from glovebox.parse import printable

NOTEBOOK = re.compile(r"\.ipynb(?P<more>\.(txt|json))?$", re.IGNORECASE)
"""How the names of notebooks end, also where a browser had its own idea of them."""
_COPY = re.compile(r"(-\d+|[ _]?\(\d+\))$")
"""What Canvas, Moodle, browsers and systems add to a name that is there already."""


@dataclass(frozen=True)
class Upload:
    """A file that somebody handed in, as the LMS names it.

    Args:
        path: where it was unpacked.
        name: what its owner had called it.
        person: the name of its owner.
        number: the LMS's number of its owner.
        order: the LMS's number of the file, which grows; 0 where it has none.
        late: whether the LMS says so.
    """

    path: str
    name: str
    person: str
    number: str
    order: int = 0
    late: bool = False

    @property
    def unpacked(self) -> datetime.datetime:
        """The file's own time."""
        return datetime.datetime.fromtimestamp(Path(self.path).stat().st_mtime, tz=datetime.UTC)

    def __str__(self) -> str:
        """As it is called in a message."""
        return printable(f"{self.person} ({self.number}): {self.name}", 200)


def read_upload(path: str, parts: Sequence[str], pattern: re.Pattern[str]) -> Upload | None:
    """What the name of an unpacked file, or of a folder that it is in, says; None for nothing.

    Args:
        path: where it lies.
        parts: the names of the folders that it is in, and its own.
        pattern: with the groups person, number and file, and perhaps order and late.
    """
    for place, part in enumerate(parts):
        # Some systems take letters with accents apart.
        found = pattern.fullmatch(unicodedata.normalize("NFC", part))
        if found is None:
            continue
        fields = found.groupdict()
        name = fields["file"] if place == len(parts) - 1 else parts[-1]
        return Upload(
            path, name, fields["person"], fields["number"],
            order=int(fields.get("order") or 0), late=bool(fields.get("late")),
        )  # fmt: skip
    return None


def letters(name: str) -> str:
    """A name without what an LMS leaves out of the names of files."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(one for one in plain if one.isalnum())


def destinations(names: Sequence[str], expected: Sequence[str]) -> list[str]:
    """The names under which a student's notebooks are collected.

    A name that is an expected one but for numbers of copies is that one. So is the only notebook of
    who handed in no other one, where only one is expected. Any other file keeps its name: which of
    them holds our cells is seen when it is graded.

    Args:
        names: the names of the files, which all end like a notebook's.
        expected: the names of the assignment's notebooks, without ``.ipynb``.
    """
    found = []
    for name in names:
        ending = NOTEBOOK.search(name)
        stem, more = (name[: ending.start()], ending["more"] or "") if ending else (name, "")
        known = _known(unicodedata.normalize("NFC", stem), expected)
        if known is None and len(names) == len(expected) == 1:
            known = expected[0]
        found.append(f"{known}.ipynb{more}" if known is not None else PurePath(name).name)
    return found


def _known(stem: str, expected: Sequence[str]) -> str | None:
    by_stem = {name.casefold(): name for name in expected}
    while stem.casefold() not in by_stem:
        shorter = _COPY.sub("", stem)
        if shorter == stem:
            return None
        stem = shorter
    return by_stem[stem.casefold()]
