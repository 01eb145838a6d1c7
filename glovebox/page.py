"""Pages of documentation in which a command writes between two marks, and a person the rest."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from glovebox.errors import UserError


def marks(topic: str) -> tuple[str, str]:
    """The lines between which a command writes about a topic."""
    return f"<!-- glovebox {topic}: begin -->", f"<!-- glovebox {topic}: end -->"


def check(path: Path, topic: str) -> None:
    """Make sure, before the work, that its result will have a place.

    Raises:
        UserError: the page is not there, or lacks the marks.
    """
    _surroundings(path, topic)


def put(path: Path, topic: str, lines: Iterable[str]) -> None:
    """Replace what stands between the marks of a page.

    Raises:
        UserError: the page is not there, or lacks the marks.
    """
    before, after = _surroundings(path, topic)
    begin, end = marks(topic)
    path.write_text("\n".join([before + begin, *lines, end + after]), encoding="utf-8")


def _surroundings(path: Path, topic: str) -> tuple[str, str]:
    begin, end = marks(topic)
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    before, found, rest = text.partition(begin)
    _, ended, after = rest.partition(end)
    if not found or not ended:
        raise UserError(f"{path}: write the page first, with the lines {begin} and {end}.")
    return before, after
