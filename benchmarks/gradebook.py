"""Records, exports and shows the marks of a large class, on SQLite and PostgreSQL; writes a report.

    make bench-gradebook    (or: .venv/bin/python benchmarks/gradebook.py [--students N ...])

Every student hands in the reference solution of all five assignments. It is graded once for each;
from then on workers are replaced by that result, so what is timed is all the rest: listing, reading,
rebuilding, recording and filing, a second run that finds nothing to do, feedback, export, and what
the formgrader asks for to show its pages. PostgreSQL is Debian's, on a socket in a private folder.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import psutil
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.plugins import CsvExportPlugin
from sqlalchemy import event
from sqlalchemy.engine import Engine

from glovebox.autograde import autograde
from glovebox.batch import BaseGrader, Grader
from glovebox.config import load_config
from glovebox.demo import build_course, nbgrader
from glovebox.export import CsvExport
from glovebox.grade import Graded, GradeJob
from glovebox.specimens import reference

ROOT = Path(__file__).resolve().parents[1]
REPORT = ROOT / "docs" / "gradebook.md"
STUDENTS = (100, 300, 1000)
FED_BACK = 10
"""Students for whom feedback is made, at the most; it takes the same for each."""
sys.path.insert(0, str(ROOT))

from tests.glovebox import postgres  # noqa: E402 (the tests' own server)


class Known:
    """A grader that has graded everything before."""

    jobs = 2

    def __init__(self, results: dict[str, Graded]) -> None:
        self._results = results

    def rehearse(self, job: GradeJob) -> None:
        """Nothing can go wrong."""

    def start(self, job: GradeJob) -> SimpleNamespace:
        """Grade it."""
        return SimpleNamespace(job=job)

    def finish(self, started: SimpleNamespace) -> Graded:
        """What came of it."""
        return self._results[started.job.notebook]


@dataclass
class Timed:
    """Seconds, queries, and the most memory of this process so far (MiB)."""

    seconds: float
    queries: int
    memory: float


@contextlib.contextmanager
def _timed(found: dict[str, Timed], name: str) -> Iterator[None]:
    queries: list[None] = []

    def count(*_: object) -> None:
        queries.append(None)

    event.listen(Engine, "before_cursor_execute", count)
    started = time.perf_counter()
    try:
        yield
    finally:
        seconds = time.perf_counter() - started
        event.remove(Engine, "before_cursor_execute", count)
        memory = psutil.Process().memory_info().rss / (1 << 20)
        found[name] = Timed(seconds, len(queries), memory)
        print(f"  {name}: {seconds:.2f} s, {len(queries)} queries, {memory:.0f} MiB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, nargs="+", default=STUDENTS)
    sizes = parser.parse_args().students
    lines = []
    with tempfile.TemporaryDirectory(prefix="gradebook-") as temporary:
        template = Path(temporary) / "template"
        build_course(ROOT, template)
        assignments = sorted(path.name for path in (template / "source").iterdir())
        for assignment in assignments:
            nbgrader(template, "generate_assignment", assignment)
        answers = {
            name: reference(name).submission((ROOT / f"source/{name}/{name}.ipynb").read_bytes())
            for name in assignments
        }
        results = _grade_once(template, answers)
        for size in sizes:
            for kind in ("SQLite", "PostgreSQL"):
                print(f"{size} students, {kind}", flush=True)
                folder = Path(temporary) / f"{kind}-{size}"
                shutil.copytree(template, folder)
                with _gradebook(kind, folder, assignments):
                    found = measure(folder, size, answers, results)
                lines += _rows(size, kind, found)
                shutil.rmtree(folder)
    REPORT.write_text(_report(lines, len(assignments)), encoding="utf-8")
    print(f"written: {REPORT.relative_to(ROOT)}")


def _grade_once(course: Path, answers: dict[str, bytes]) -> dict[str, Graded]:
    """The result for the one submission that everybody hands in, of each assignment."""
    results: dict[str, Graded] = {}

    class Once(Known):
        def finish(self, started: SimpleNamespace) -> Graded:
            results[started.job.notebook] = grader.grade(started.job)
            return super().finish(started)

    with Grader() as grader:
        for name, content in answers.items():
            _hand_in(course, "nobody", name, content)
            _autograde(course, name, Once(results))
    for folder in ("submitted", "autograded"):
        shutil.rmtree(course / folder)
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        gradebook.remove_student("nobody")
    return results


@contextlib.contextmanager
def _gradebook(kind: str, course: Path, assignments: list[str]) -> Iterator[None]:
    """Have a course keep its marks in one kind of database."""
    if kind == "SQLite":
        yield
        return
    with postgres.running() as server:
        with (course / "nbgrader_config.py").open("a") as config:
            config.write(f"\nc.CourseDirectory.db_url = {server.create('grades')!r}\n")
        for assignment in assignments:
            nbgrader(course, "generate_assignment", "--force", assignment)
        yield


def _hand_in(course: Path, student: str, assignment: str, content: bytes) -> None:
    folder = course / "submitted" / student / assignment
    folder.mkdir(parents=True)
    (folder / f"{assignment}.ipynb").write_bytes(content)


def _autograde(course: Path, assignment: str, grader: Known, force: bool = False) -> int:
    result = autograde(course, assignment, grader=cast(BaseGrader, grader), force=force)
    assert not result.problems, result.problems
    return len(result.verdicts)


def measure(
    course: Path, size: int, answers: dict[str, bytes], results: dict[str, Graded]
) -> dict[str, Timed]:
    """Do with a class what an instructor does, and time it."""
    for number in range(size):
        for assignment, content in answers.items():
            _hand_in(course, f"student-{number:04}", assignment, content)
    found: dict[str, Timed] = {}
    grader = Known(results)
    with _timed(found, "autograde, all new"):
        assert sum(_autograde(course, name, grader) for name in answers) == size * len(answers)
    with _timed(found, "autograde, nothing to do"):
        assert sum(_autograde(course, name, grader) for name in answers) == 0
    config = load_config(course)
    db_url = config.CourseDirectory.get("db_url") or f"sqlite:///{course / 'gradebook.db'}"
    target = course / "grades.csv"
    for name, plugin in (("export", CsvExport), ("export, nbgrader's own", CsvExportPlugin)):
        with _timed(found, name), Gradebook(db_url, "word_embeddings") as gradebook:
            plugin(to=str(target)).export(gradebook)
        assert len(target.read_text().splitlines()) == size * len(answers) + 1
    api = NbGraderAPI(config=config)
    first = next(iter(answers))
    fed_back = min(FED_BACK, size)
    with _timed(found, f"feedback for {fed_back} notebooks"):
        for number in range(fed_back):
            made = api.generate_feedback(first, f"student-{number:04}")
            assert made["success"], made
    pages: dict[str, Callable[[], Any]] = {
        "Manage Assignments": api.get_assignments,
        "Manage Students": api.get_students,
        "Manage Submissions": lambda: api.get_submissions(first),
        "Manual Grading": lambda: api.get_notebook_submissions(first, first),
        "a student's assignments": lambda: api.get_student_submissions("student-0000"),
    }
    for name, ask in pages.items():
        with _timed(found, f"formgrader, {name}"):
            assert ask()
    return found


def _rows(size: int, kind: str, found: dict[str, Timed]) -> list[str]:
    return [
        f"| {name} | {size:,} | {kind} | {one.seconds:.2f} | {one.queries:,} | {one.memory:.0f} |"
        for name, one in found.items()
    ]


def _report(lines: list[str], assignments: int) -> str:
    order = {name: number for number, name in enumerate(dict.fromkeys(map(_what, lines)))}
    table = "\n".join(sorted(lines, key=lambda line: order[_what(line)]))
    machine = f"{os.cpu_count()} processors, {psutil.virtual_memory().total >> 30} GiB"
    versions = ", ".join(
        [f"Python {platform.python_version()}"]
        + [f"{name} {version(name)}" for name in ("nbgrader", "SQLAlchemy", "psycopg")]
    )
    return f"""# The gradebook of a large class

What is done around grading, for classes that hand in all {assignments} assignments: listing, reading and
rebuilding the submissions, recording the marks and filing the graded notebooks (all in "autograde",
whose workers are replaced by the result of one real grading), and what comes after. The
formgrader's pages are what it asks nbgrader for to show them. Queries are statements sent to the
database; memory is this one process's, at the end of each step.

Repeat it with `make bench-gradebook`.

| what | students | gradebook | seconds | queries | MiB |
| --- | --- | --- | --- | --- | --- |
{table}

Machine: {machine}. {versions}.

Queries grow with the class only where a grade is recorded, with twenty to thirty for each notebook, and in
nbgrader's own export and Manual Grading page, which ask for each submission anew. Each run of autograde leaves
SQLite with the sizes of its tables (`ANALYZE`), without which nbgrader's export of 1,000 students took a minute.
nbgrader's one query for Manage Submissions takes SQLite longer than in proportion all the same, as it lacks an index;
PostgreSQL answers it at once.
"""


def _what(line: str) -> str:
    return line.split("|")[1]


if __name__ == "__main__":
    main()
