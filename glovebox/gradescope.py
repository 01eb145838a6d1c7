"""Builds a Gradescope autograder for an assignment: a zip file that grades there as here.

The code travels as files, and not as a wheel. What is here is then there byte by byte, the packages
included that only the checks know; the course's own solutions stay outside the Python installation,
which the sandbox shows to students; and nothing has to be built. Libraries are installed there from
the course's lock file, with its versions and hashes.
"""

from __future__ import annotations

import dataclasses
import importlib.metadata
import io
import json
import sys
import sysconfig
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from glovebox.assignment import CHECKS, SOURCE, AssignmentBundle
from glovebox.config import grading_settings, prepare_data
from glovebox.errors import UserError
from glovebox.expected import load_expected
from glovebox.files import write_whole
from glovebox.grade import rehearse
from glovebox.gradescoperesults import not_graded
from glovebox.gradescoperun import COURSE, SETTINGS, Settings
from glovebox.inputs import places_of
from glovebox.pristine import unsolved

REQUIREMENTS = "requirements.lock"
_PACKAGE = "glovebox"
_TIME = (2020, 1, 1, 0, 0, 0)
"""Of all files, so that equal courses make equal zip files."""

_SETUP = r"""#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the image in which submissions are graded.
set -euo pipefail
root="${GLOVEBOX_AUTOGRADER:-/autograder}"
source="$root/source"

usable() { "$1" -c 'import ensurepip, venv' 2> /dev/null && ldconfig -p | grep -q libseccomp.so.2; }

python=""
for version in VERSIONS; do
  if ! usable "python$version"; then
    apt-get update
    apt-get install -y --no-install-recommends \
      "python$version" "python$version-venv" libseccomp2 || true
  fi
  if usable "python$version"; then python="python$version"; break; fi
done
[ -n "$python" ] || { echo "No Python of VERSIONS: choose a newer base image." >&2; exit 1; }

"$python" -m venv "$root/python"
"$root/python/bin/python" -m pip install --no-deps --require-hashes -r "$source/requirements.lock"
site="$("$root/python/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"
echo "$source/packages" > "$site/glovebox.pth"
"$root/python/bin/python" -m compileall -q "$source/packages"
# Not the end of it: what the image is built in may allow less than what it runs in.
"$root/python/bin/python" -P -m glovebox.gradescoperun "$root" --rehearse ||
  echo "SUBMISSIONS MAY NOT BE GRADED: see above, and try it with Test Autograder." >&2
"""
_RUN = r"""#!/usr/bin/env bash
# Gradescope runs this for each submission.
root="${GLOVEBOX_AUTOGRADER:-/autograder}"
mkdir -p "$root/results"
# What is there if the grader itself is killed, for want of memory, say.
cp "$root/source/not_graded.json" "$root/results/results.json"
exec "$root/python/bin/python" -P -m glovebox.gradescoperun "$root"
"""


class GradescopeError(UserError):
    """The autograder cannot be built; the sentence says why."""


@dataclasses.dataclass(frozen=True)
class Built:
    """What was built, for who uploads it."""

    path: Path
    files: int
    points: float
    """What the checks are worth together."""


def build(
    course_root: Path,
    assignment: str,
    target: Path,
    *,
    requirements: Path | None = None,
    sandbox: bool = True,
    visibility: str = "visible",
) -> Built:
    """Write the zip file.

    Args:
        course_root: the course folder.
        assignment: the assignment's name.
        target: the zip file; one that is there is replaced.
        requirements: the lock file, if it is not the course's ``requirements.lock``.
        sandbox: whether student code must be confined there.
        visibility: when students see results.

    Raises:
        UserError: something is missing.
        OSError: the file cannot be written.
    """
    lock = requirements or course_root / REQUIREMENTS
    prepare_data(course_root, assignment)
    course = grading_settings(course_root)
    expected = load_expected(course_root, assignment)
    bundles = [one.bundle for one in expected.values()]
    for one in expected.values():
        rehearse(one.job(course), kernel=False)
    settings = Settings(assignment, sandbox, visibility, course.seed, course.limits)
    versions = _versions()
    files: dict[str, bytes] = {
        "setup.sh": _SETUP.replace("VERSIONS", " ".join(versions)).encode(),
        "run_autograder": _RUN.encode(),
        REQUIREMENTS: _lock(lock),
        SETTINGS: json.dumps(dataclasses.asdict(settings), indent=1).encode(),
        "not_graded.json": json.dumps(not_graded(), indent=1).encode(),
        **dict(_packages(bundles)),
    }
    for bundle in bundles:
        files.update(_course(bundle))
    write_whole(target, _zipped(files))
    points = sum(one.points[cell] for one in expected.values() for cell in one.checked)
    return Built(target, len(files), points)


def _versions() -> list[str]:
    """The versions of Python that will do, this one first: its marks are those seen here."""
    mine = f"{sys.version_info.major}.{sys.version_info.minor}"
    return list(dict.fromkeys([mine, "3.12", "3.11", "3.13"]))


def _lock(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise GradescopeError(
            f"{path}: {error.strerror}; name with --requirements the requirements.lock that "
            "Glovebox was installed from, or another one with hashes."
        ) from error
    if b"--hash=" not in content:
        raise GradescopeError(f"{path} holds no hashes; make it with --generate-hashes.")
    return content


def _course(bundle: AssignmentBundle) -> Iterator[tuple[str, bytes]]:
    """The files of one notebook, where a course folder has them; without solutions."""
    source = f"{COURSE}/{SOURCE.as_posix()}/{bundle.name}"
    yield f"{source}/{bundle.notebook}.ipynb", unsolved(bundle.source, bundle.place)
    for name, content in bundle.data.items():
        yield f"{source}/{name}", content
    for name, content in bundle.checks.items():
        yield f"{COURSE}/{CHECKS.as_posix()}/{name}", content


def _packages(bundles: list[AssignmentBundle]) -> Iterator[tuple[str, bytes]]:
    """The grader's own package, and those of the course that its checks import."""
    imported = {name for bundle in bundles for name in bundle.imported}
    distributions = importlib.metadata.packages_distributions()
    libraries = [Path(sysconfig.get_path(kind)) for kind in ("purelib", "platlib")]
    for name in sorted(imported - set(sys.stdlib_module_names) | {_PACKAGE}):
        for place in places_of(name):
            ours = _PACKAGE in distributions.get(name, ())
            if not ours and any(place.is_relative_to(library) for library in libraries):
                continue  # which the lock file names
            for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
                if path.is_file() and "__pycache__" not in path.parts:
                    inner = path.relative_to(place.parent)
                    yield f"packages/{inner.as_posix()}", path.read_bytes()
    installed = importlib.metadata.distribution(_PACKAGE)
    metadata = installed.read_text("METADATA") or ""
    yield f"packages/{_PACKAGE}-{installed.version}.dist-info/METADATA", metadata.encode()


def _zipped(files: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, _TIME)
            mode = 0o755 if name in ("setup.sh", "run_autograder") else 0o644
            info.external_attr = (0o100000 | mode) << 16
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return content.getvalue()
