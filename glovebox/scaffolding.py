"""Starts courses and assignments, as copies of what is in ``glovebox/scaffold``.

There lies a course of one assignment that works as it stands; a copy has other names in place of
``new_course`` and ``new_assignment``.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from glovebox.assignment import SOURCE
from glovebox.config import CONFIG_FILE, load_config
from glovebox.errors import UserError

_SCAFFOLD = Path(__file__).with_name("scaffold")
_COURSE, _ASSIGNMENT = "new_course", "new_assignment"
# Names of files, of checks (`test_NAME.py`) and of specimens (`NAME__slug.py`), in all of which
# nbgrader, pytest and glovebox look for parts.
_NAME = re.compile(r"[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)*")
_LONGEST = 60
_RULE = (
    f"up to {_LONGEST} letters (a to z) and digits make one, with a single _ or - between them "
    "where you like"
)
# Beginnings of the names of files of checks, after which comes the notebook's.
_TAKEN = ("test_", "calibrate_", "curves_")
_STAGING = ".glovebox-new-"


def new_course(folder: Path, course_id: str | None = None) -> None:
    """Make a course folder without assignments.

    Args:
        folder: where; it must not exist, or be empty.
        course_id: nbgrader's name of the course; the folder's name, unless given.

    Raises:
        UserError: the folder is in use, or the name cannot be used.
        OSError: it could not be written; what is left is an empty folder at most.
    """
    if folder.exists() and not folder.is_dir():
        raise UserError(f"{folder} is a file; name a new or an empty folder for the course.")
    if folder.is_dir() and any(folder.iterdir()):
        raise UserError(f"{folder} is not empty; name a new or an empty folder for the course.")
    if course_id is None:
        course_id, advice = folder.name, "; give it another one with --name"
    else:
        advice = ""
    if not _is_name(course_id):
        raise UserError(f"{course_id!r} cannot be the name of a course: {_RULE}{advice}.")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=_STAGING) as staging:
        _copy(_SCAFFOLD / "course", Path(staging), {_COURSE: course_id})
        # The settings come last: it is they that make it a course folder.
        entries = sorted(Path(staging).iterdir(), key=lambda entry: entry.name == CONFIG_FILE)
        _move([(entry, folder / entry.name) for entry in entries])


def new_assignment(course_root: Path, name: str) -> list[Path]:
    """Add an assignment to a course: notebook, checks and specimens.

    Returns:
        What was made, as paths in the course folder, the notebook's first.

    Raises:
        UserError: the name cannot be used, or is in use.
        ConfigError: the folder is no course folder.
        OSError: it could not be written; nothing is left behind.
    """
    load_config(course_root)
    if not _is_name(name) or name.startswith(_TAKEN):
        taken = " or ".join(f'"{one}"' for one in _TAKEN)
        raise UserError(
            f"{name!r} cannot be the name of an assignment: {_RULE}, and not {taken} in front."
        )
    if (course_root / SOURCE / name).exists():
        raise UserError(f"{course_root / SOURCE / name}: there is such an assignment already.")
    with tempfile.TemporaryDirectory(dir=course_root, prefix=_STAGING) as staging:
        made = _copy(_SCAFFOLD / "assignment", Path(staging), {_ASSIGNMENT: name})
        # The folder with the notebook comes last, and as a whole: it makes it an assignment.
        parts = [path for path in made if path.parts[0] != SOURCE.name] + [SOURCE / name]
        for part in parts:
            if (course_root / part).exists():
                raise UserError(
                    f"{course_root / part} is there already; move it away, or choose another name."
                )
        _move([(Path(staging) / part, course_root / part) for part in parts])
    return made


def _is_name(text: str) -> bool:
    return len(text) <= _LONGEST and _NAME.fullmatch(text) is not None


def _copy(template: Path, target: Path, names: Mapping[str, str]) -> list[Path]:
    """Copy the files of a template under other names, which also replace the old ones in them.

    Returns:
        The relative paths of the copies, in order.
    """
    made = []
    for path in sorted(template.rglob("*")):
        # An installation compiles what looks like its modules.
        if not path.is_file() or "__pycache__" in path.parts:
            continue
        relative = Path(_replaced(path.relative_to(template).as_posix(), names))
        (target / relative).parent.mkdir(parents=True, exist_ok=True)
        text = _replaced(path.read_text(encoding="utf-8"), names)
        (target / relative).write_text(text, encoding="utf-8")
        made.append(relative)
    return made


def _replaced(text: str, names: Mapping[str, str]) -> str:
    for old, new in names.items():
        text = text.replace(old, new)
    return text


def _move(pairs: list[tuple[Path, Path]]) -> None:
    """Give finished files and folders their places, one after the other, all of them or none.

    Raises:
        OSError: one could not be moved.
    """
    moved: list[tuple[Path, Path]] = []
    try:
        for origin, target in pairs:
            target.parent.mkdir(parents=True, exist_ok=True)
            origin.rename(target)
            moved.append((origin, target))
    except BaseException:
        for origin, target in reversed(moved):
            target.rename(origin)
        raise
