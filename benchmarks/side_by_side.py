"""Grades five submissions with plain nbgrader and with Glovebox, in turn, and writes a report.

    make bench        (or: .venv/bin/python benchmarks/side_by_side.py [--rounds N])

The same five right submissions of each assignment are graded by ``nbgrader autograde`` twice: with
an empty configuration and hidden tests in the notebook (``plain_tests.py``), and with this
repository's configuration. The runs alternate, so that a slow moment of the machine meets both.
"""

from __future__ import annotations

import argparse
import itertools
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import nbformat
import psutil
from plain_tests import BY_ASSIGNMENT
from watch import Watch

from glovebox.config import prepare_data
from glovebox.demo import build_course, nbgrader
from glovebox.specimens import load_specimens, reference

ROOT = Path(__file__).resolve().parents[1]
REPORT = ROOT / "docs" / "benchmarks.md"
SUBMISSIONS = 5
PLAIN_CONFIG = """c = get_config()
c.CourseDirectory.course_id = "plain"
c.ExecutePreprocessor.timeout = 300
"""


@dataclass(frozen=True)
class Run:
    """One timed command: wall and CPU seconds, and the most memory its processes held (MiB)."""

    wall: float
    cpu: float
    memory: float
    full_marks: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=2)
    rounds = parser.parse_args().rounds
    prepare_data(ROOT)
    lines = []
    with tempfile.TemporaryDirectory(prefix="side-by-side-") as temporary:
        for assignment in BY_ASSIGNMENT:
            folder = Path(temporary) / assignment
            courses = {
                "plain nbgrader": plain_course(folder / "plain", assignment),
                "Glovebox, 1 job": _our_course(folder / "one", assignment, jobs=1),
                "Glovebox, 2 jobs": _our_course(folder / "two", assignment, jobs=2),
            }
            found: dict[str, list[Run]] = {name: [] for name in courses}
            for _ in range(rounds):
                for name, course in courses.items():
                    found[name].append(autograde(course, assignment))
                    print(assignment, name, found[name][-1], flush=True)
            lines += _rows(assignment, found)
    REPORT.write_text(_report(lines, rounds), encoding="utf-8")
    print(f"written: {REPORT.relative_to(ROOT)}")


def plain_course(folder: Path, assignment: str, submissions: int = SUBMISSIONS) -> Path:
    """A course whose hidden tests are in the notebook, with submissions of one assignment."""
    source = folder / "source" / assignment
    shutil.copytree(ROOT / "source" / assignment, source)
    (folder / "nbgrader_config.py").write_text(PLAIN_CONFIG)
    path = source / f"{assignment}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        hidden = BY_ASSIGNMENT[assignment].get(cell.metadata.nbgrader.grade_id)
        if hidden:
            cell.source += f"\n### BEGIN HIDDEN TESTS\n{hidden.strip()}\n### END HIDDEN TESTS"
    nbformat.write(notebook, path)
    return _with_submissions(folder, assignment, submissions)


def _our_course(folder: Path, assignment: str, jobs: int) -> Path:
    build_course(ROOT, folder)
    with (folder / "nbgrader_config.py").open("a") as config:
        # Each round grades everything.
        config.write(f"\nc.GloveboxExporter.jobs = {jobs}\nc.GloveboxExporter.reuse = False\n")
    return _with_submissions(folder, assignment)


def _with_submissions(folder: Path, assignment: str, number: int = SUBMISSIONS) -> Path:
    nbgrader(folder, "generate_assignment", assignment)
    right = [one for one in load_specimens(ROOT, assignment) if one.kind == "correct"]
    original = (ROOT / "source" / assignment / f"{assignment}.ipynb").read_bytes()
    class_ = itertools.islice(itertools.cycle([reference(assignment), *right]), number)
    for place, specimen in enumerate(class_, start=1):
        target = folder / "submitted" / f"student-{place}" / assignment
        target.mkdir(parents=True)
        (target / f"{assignment}.ipynb").write_bytes(specimen.submission(original))
    return folder


def autograde(course: Path, assignment: str) -> Run:
    """Grade all submissions with nbgrader's command, and watch it."""
    command = [sys.executable, "-m", "nbgrader", "autograde", assignment, "--force"]
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0"}
    # A notebook in nbgrader's own kernel would see it and run on the full data.
    environment.pop("GLOVEBOX_DATA", None)
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=course,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    watch = Watch(process.pid)
    process.wait()
    wall = time.perf_counter() - started
    watch.end()
    return Run(wall, watch.cpu, watch.memory, _full_marks(course, assignment))


def _full_marks(course: Path, assignment: str) -> int:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        notebooks = [one.notebooks[0] for one in gradebook.assignment_submissions(assignment)]
        # Written answers wait for a person in both.
        return sum(
            all(
                grade.auto_score == grade.max_score
                for grade in notebook.grades
                if grade.cell.cell_type == "code"
            )
            for notebook in notebooks
        )


def _rows(assignment: str, found: dict[str, list[Run]]) -> list[str]:
    plain = statistics.median(run.wall for run in found["plain nbgrader"])
    rows = []
    for name, runs in found.items():
        wall = statistics.median(run.wall for run in runs)
        cpu = statistics.median(run.cpu for run in runs)
        memory = max(run.memory for run in runs)
        rows.append(
            f"| `{assignment}` | {name} | {wall:.0f} | {plain / wall:.2f} | {cpu / SUBMISSIONS:.1f} "
            f"| {memory:,.0f} | {runs[-1].full_marks} of {SUBMISSIONS} |"
        )
    return rows


def _report(lines: list[str], rounds: int) -> str:
    machine = f"{os.cpu_count()} processors, {psutil.virtual_memory().total >> 30} GiB"
    versions = ", ".join(
        [f"Python {platform.python_version()}"]
        + [f"{name} {version(name)}" for name in ("nbgrader", "tensorflow-cpu", "keras", "pytest")]
    )
    table = "\n".join(lines)
    return f"""# Benchmarks

How long `nbgrader autograde` takes for five right submissions of an assignment: with an empty
configuration and hidden tests inside the notebook (`benchmarks/plain_tests.py`), and with this
repository's `nbgrader_config.py`. The in-notebook tests try what the hidden checks try, on as many
random inputs. Both run on the same machine in the same run, in turn; times are medians over
{rounds} rounds and include nbgrader's own start.

Repeat it with `make bench`.

| assignment | grading | wall seconds | times as fast | CPU seconds a submission | peak MiB | full marks |
| --- | --- | --- | --- | --- | --- | --- |
{table}

Machine: {machine}. {versions}.

What to make of it: all five submissions are right. Plain nbgrader withholds points from those that
write a warning or a log line to stderr, and gives points to whatever the kernel prints; Glovebox
does neither, and pays for it with a process of its own that generates the inputs and judges the
answers. A worker imports TensorFlow once for its kernels and, where it checks Keras models, once
for itself.
"""


if __name__ == "__main__":
    main()
