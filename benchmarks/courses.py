"""Course folders with the same class in them, for each of the graders that are compared."""

from __future__ import annotations

import itertools
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
from plain_tests import BY_ASSIGNMENT
from report import PLAIN
from tools import ROOT, installed

from glovebox.assignment import AssignmentBundle
from glovebox.demo import build_course, nbgrader
from glovebox.specimens import load_specimens, reference

OTTER = ROOT / ".otter"
"""Where otter-grader is installed, with the course's own TensorFlow."""
_OTTER_VERSION = "otter-grader==7.0.0"
_PLAIN_CONFIG = """c = get_config()
c.CourseDirectory.course_id = "plain"
c.ExecutePreprocessor.timeout = 300
"""


@dataclass(frozen=True)
class Way:
    """One way to grade a class: how its course is laid out, and the command that grades it."""

    name: str
    lay_out: Callable[[Path, str, int], Path]
    command: Callable[[Path, str], list[str]]


def nbgrader_command(course: Path, assignment: str) -> list[str]:
    return [sys.executable, "-m", "nbgrader", "autograde", assignment, "--force"]


def _script(name: str) -> Callable[[Path, str], list[str]]:
    path = str(Path(__file__).with_name(name))
    return lambda course, assignment: [sys.executable, path, str(course), assignment]


def plain_course(folder: Path, assignment: str, submissions: int) -> Path:
    """A course whose hidden tests are in the notebook, with an empty configuration."""
    source = folder / "source" / assignment
    shutil.copytree(ROOT / "source" / assignment, source)
    (folder / "nbgrader_config.py").write_text(_PLAIN_CONFIG)
    path = source / f"{assignment}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        hidden = BY_ASSIGNMENT[assignment].get(cell.metadata.nbgrader.grade_id)
        if hidden:
            cell.source += f"\n### BEGIN HIDDEN TESTS\n{hidden.strip()}\n### END HIDDEN TESTS"
    nbformat.write(notebook, path)
    return _with_submissions(folder, assignment, submissions)


def our_course(jobs: int, variety: int | None = None) -> Callable[[Path, str, int], Path]:
    """Lays out a course with this repository's configuration, and so many jobs.

    With ``variety`` the class has so many different submissions, each as often as the others.
    """

    def lay_out(folder: Path, assignment: str, submissions: int) -> Path:
        build_course(ROOT, folder)
        with (folder / "nbgrader_config.py").open("a") as config:
            # Each round grades everything.
            config.write(f"\nc.GloveboxExporter.jobs = {jobs}\nc.GloveboxExporter.reuse = False\n")
        return _with_submissions(folder, assignment, submissions, variety)

    return lay_out


def otter_course(folder: Path, assignment: str, submissions: int) -> Path:
    """A folder with an autograder for `otter run`, of the same tests, and submissions."""
    _install_otter()
    (folder / "tests").mkdir(parents=True)
    lines = ["from otter.test_files import test_case", "OK_FORMAT = False", "name = 'hidden'"]
    for number, code in enumerate(BY_ASSIGNMENT[assignment].values()):
        lines += [
            "@test_case(points=1, hidden=True)",
            f"def test_{number}(env):",
            f"    exec({code.strip()!r}, env)",
        ]
    (folder / "tests" / "hidden.py").write_text("\n".join(lines) + "\n")
    bundle = AssignmentBundle.load(ROOT, assignment, assignment)
    for name, content in bundle.data.items():
        (folder / name).write_bytes(content)
    subprocess.run(
        [str(OTTER / "bin/otter"), "generate", "--tests-dir", "tests", "--no-requirements",
         "--no-environment", "--output-path", "autograder.zip", *bundle.data],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    for number, content in enumerate(_class(assignment, submissions), start=1):
        (folder / f"student-{number:03}.ipynb").write_bytes(content)
    return folder


def _install_otter() -> None:
    installed(OTTER, _OTTER_VERSION)
    # Its own libraries first, and for the rest those that every other way uses.
    (packages,) = (ROOT / ".venv/lib").glob("python3*/site-packages")
    (place,) = (OTTER / "lib").glob("python3*/site-packages")
    (place / "zz-course.pth").write_text(f"{packages}\n")


def _class(assignment: str, submissions: int, variety: int | None = None) -> list[bytes]:
    """The same right submissions for every way, as different as asked for or as there are specimens."""
    right = [one for one in load_specimens(ROOT, assignment) if one.kind == "correct"]
    original = (ROOT / "source" / assignment / f"{assignment}.ipynb").read_bytes()
    different = [reference(assignment), *right][:variety]
    class_ = itertools.islice(itertools.cycle(different), submissions)
    return [specimen.submission(original) for specimen in class_]


def _with_submissions(
    folder: Path, assignment: str, number: int, variety: int | None = None
) -> Path:
    nbgrader(folder, "generate_assignment", assignment)
    for place, content in enumerate(_class(assignment, number, variety), start=1):
        target = folder / "submitted" / f"student-{place:03}" / assignment
        target.mkdir(parents=True)
        (target / f"{assignment}.ipynb").write_bytes(content)
    return folder


WAYS = [
    Way(PLAIN, plain_course, nbgrader_command),
    Way("otter run", otter_course, _script("otter_class.py")),
    Way("Glovebox, 1 job", our_course(1), nbgrader_command),
    Way("Glovebox, 2 jobs", our_course(2), nbgrader_command),
    Way("Glovebox, Dask, 2 workers", our_course(1), _script("dask_class.py")),
]
