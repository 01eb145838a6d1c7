"""What an instructor provides for one notebook, as bytes that can travel to any worker."""

from __future__ import annotations

import ast
import contextlib
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path

from glovebox.errors import UserError
from glovebox.syntax import imported

SOURCE = Path("source")
CHECKS = Path("tests") / "hidden"
_MAX_DATA = 512 << 20


class AssignmentError(UserError):
    """The instructor's files are incomplete; the sentence says what is missing and where."""


@dataclass(frozen=True)
class AssignmentBundle:
    """One notebook of an assignment: the instructor's notebook, its checks and its data.

    ``checks`` holds the Python and JSON files of the checks' folder: ``test_<notebook>.py``, which
    grades this notebook, and whatever else there is not named after another notebook with checks.
    ``data`` holds every file that travels beside the notebook, as nbgrader would copy them: what
    ``CourseDirectory.ignore`` names, such as what a notebook writes when it runs, stays behind.
    """

    name: str
    notebook: str
    source: bytes
    checks: Mapping[str, bytes]
    data: Mapping[str, bytes]

    @classmethod
    def load(cls, course_root: Path, assignment: str, notebook: str) -> AssignmentBundle:
        """Read the files of one notebook from a course folder.

        Raises:
            AssignmentError: there is no such assignment, notebook or check module.
            ConfigError: the course's configuration is broken.
        """
        folder = course_root / SOURCE / assignment
        path = folder / f"{notebook}.ipynb"
        if not path.is_file():
            known = ", ".join(list_assignments(course_root)) or "none"
            raise AssignmentError(
                f"{SOURCE / assignment / path.name}: there is no such notebook in {course_root} "
                f"(assignments there: {known})."
            )
        files = sorted((course_root / CHECKS).glob("*"))
        others = {_owner(file.name) for file in files if file.match("test_*.py")} - {notebook}
        checks = {
            file.name: file.read_bytes()
            for file in files
            if file.suffix in (".py", ".json") and _owner(file.name) not in others
        }
        if check_module(notebook) not in checks:
            raise AssignmentError(
                f"{CHECKS / check_module(notebook)}: there are no hidden checks for the notebook "
                f"{notebook}; write them there."
            )
        # Imported here, since the configuration is read with the names of assignments.
        from glovebox.config import ignored_files

        data = read_data(folder, ignored_files(course_root))
        return cls(assignment, notebook, path.read_bytes(), checks, data)

    @classmethod
    def load_first(cls, course_root: Path, assignment: str) -> AssignmentBundle:
        """Read an assignment's first notebook; raises as :meth:`load` does."""
        return cls.load(course_root, assignment, list_notebooks(course_root, assignment)[0])

    @property
    def place(self) -> str:
        """Where the instructor's notebook lies in the course folder."""
        return (SOURCE / self.name / f"{self.notebook}.ipynb").as_posix()

    @cached_property
    def sha256(self) -> str:
        """A digest of everything in the bundle: equal digests grade alike."""
        digest = hashlib.sha256(f"{self.name}\0{self.notebook}\0".encode())
        parts = {"source": {"": self.source}, "checks": self.checks, "data": self.data}
        for part, files in parts.items():
            for name, content in sorted(files.items()):
                digest.update(f"{part}\0{name}\0{len(content)}\0".encode() + content)
        return digest.hexdigest()

    @cached_property
    def imported(self) -> frozenset[str]:
        """Names of the packages that the checks import, anywhere in them."""
        found: set[str] = set()
        for name, content in self.checks.items():
            if not name.endswith(".py"):
                continue
            # What is no Python is told, with its place, by whoever runs the checks.
            with contextlib.suppress(SyntaxError, ValueError):
                nodes = ast.walk(ast.parse(content))
                found.update(name.partition(".")[0] for node in nodes for name in imported(node))
        return frozenset(found)


def _owner(file_name: str) -> str:
    """The notebook that a file of the checks' folder is named after, if it is after one."""
    stem = file_name.partition(".")[0]
    return stem.removeprefix("test_").removeprefix("calibrate_").removeprefix("curves_")


def check_module(notebook: str) -> str:
    """The file name of the hidden checks for a notebook."""
    return f"test_{notebook}.py"


def list_assignments(course_root: Path) -> list[str]:
    """Names of the assignments in a course folder."""
    return sorted({path.parent.name for path in (course_root / SOURCE).glob("*/*.ipynb")})


def list_notebooks(course_root: Path, assignment: str) -> list[str]:
    """Names of the notebooks of an assignment.

    Raises:
        AssignmentError: there is no such assignment.
    """
    notebooks = sorted(path.stem for path in (course_root / SOURCE / assignment).glob("*.ipynb"))
    assignments = list_assignments(course_root)
    if not notebooks or assignment not in assignments:
        known = ", ".join(assignments) or "none"
        raise AssignmentError(
            f"{SOURCE}/{assignment}: there is no such assignment in {course_root} "
            f"(assignments there: {known})."
        )
    return notebooks


def data_files(folder: Path, ignored: Sequence[str] = ()) -> dict[str, Path]:
    """The files that lie beside notebooks, by relative name; hidden ones are left out.

    So is what matches one of the patterns ``ignored``, a file or a folder on the way to it.
    """
    found, unwanted = {}, ("__pycache__", *ignored)
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        hidden = any(
            part.startswith(".") or any(fnmatchcase(part, pattern) for pattern in unwanted)
            for part in relative.parts
        )
        if not hidden and path.suffix != ".ipynb" and path.is_file():
            found[relative.as_posix()] = path
    return found


def read_data(folder: Path, ignored: Sequence[str] = ()) -> dict[str, bytes]:
    """What the files hold that :func:`data_files` finds.

    Raises:
        AssignmentError: they are too large to travel.
    """
    data, size = {}, 0
    for name, path in data_files(folder, ignored).items():
        size += path.stat().st_size
        if size > _MAX_DATA:
            raise AssignmentError(
                f"{folder}: the data beside the notebook is larger than {_MAX_DATA >> 20} MiB; "
                "an assignment's data should be small enough to travel."
            )
        data[name] = path.read_bytes()
    return data
