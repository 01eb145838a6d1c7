"""What a verdict depends on, and a digest of it: equal digests, equal marks.

Besides the job itself these are the versions of the libraries that compute, the code of this
package, and that of the packages which the checks import, such as a course's reference solutions.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib.metadata
import platform
import sys
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from glovebox.assignment import AssignmentBundle

if TYPE_CHECKING:
    from glovebox.grade import GradeJob

_PACKAGE = Path(__file__).parent
_LIBRARIES = ("tensorflow", "keras", "numpy", "hypothesis", "pytest")
"""Packages that are known by their version."""
_DISTRIBUTIONS = (_PACKAGE.name, "tensorflow-cpu", *_LIBRARIES)


@functools.cache
def versions() -> Mapping[str, str]:
    """Versions of Python and of the libraries that a mark may depend on."""
    found = {"python": platform.python_version()}
    for name in _DISTRIBUTIONS:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            found[name] = importlib.metadata.version(name)
    return found


def surroundings(assignment: AssignmentBundle) -> Mapping[str, str]:
    """What the marks of an assignment depend on that does not travel with it, by name."""
    found = {**versions(), "code": _digest_of_package(_PACKAGE.name)}
    for name in sorted(assignment.imported - {_PACKAGE.name, *_LIBRARIES}):
        if name not in sys.stdlib_module_names and (digest := _digest_of_package(name)):
            found[f"code of {name}"] = digest
    return found


def digest_of_inputs(job: GradeJob) -> str:
    """The SHA-256 of everything that the verdict on a job depends on."""
    parts = (
        hashlib.sha256(job.submission or b"").hexdigest(),
        job.assignment.sha256,
        repr((job.notebook, job.oddities, job.seed, job.limits, job.sandbox, job.mutated)),
        repr(sorted(surroundings(job.assignment).items())),
    )
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def places_of(package: str) -> list[Path]:
    """The folders of a package, or a module's file; nothing when there is none."""
    try:
        spec = find_spec(package)
    except (ImportError, ValueError):
        spec = None
    if spec is None:
        return []
    return [Path(p) for p in spec.submodule_search_locations or filter(None, [spec.origin])]


@functools.cache
def _digest_of_package(name: str) -> str:
    """A digest of the Python files of a package or module; nothing when there is none."""
    places = places_of(name)
    if not places:
        return ""
    digest = hashlib.sha256()
    for place in places:
        for path in _python_files(place):
            content = path.read_bytes()
            digest.update(f"{path.relative_to(place).as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def _python_files(place: Path) -> Iterator[Path]:
    if place.is_dir():
        yield from sorted(place.rglob("*.py"))
    elif place.is_file():
        yield place
