"""Grades the same class in several ways, in turn, and writes a report.

    make bench       (or: .venv/bin/python benchmarks/side_by_side.py [ASSIGNMENT ...] [--submissions N])

A class of right submissions of each assignment is graded by ``nbgrader autograde`` with an empty
configuration and hidden tests in the notebook (``plain_tests.py``), by ``otter run`` with the same
tests, and with this repository's configuration: one notebook at a time, two at a time, and on a Dask
cluster of two workers. Every run is noted in ``.bench.jsonl``, so that what was stopped goes on.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

import planning
import report
from courses import WAYS
from floor import measure_floor
from plain_tests import BY_ASSIGNMENT
from tools import ROOT
from watch import Watch

from glovebox import page
from glovebox.config import prepare_data

RESULTS = ROOT / ".bench.jsonl"
REPORT = ROOT / "docs" / "benchmarks.md"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("assignments", nargs="*", default=list(BY_ASSIGNMENT))
    parser.add_argument("--submissions", type=int, default=40)
    options = parser.parse_args()
    prepare_data(ROOT)
    for assignment in options.assignments:
        done = {(run.assignment, run.way) for run in report.read(RESULTS)}
        left = [way for way in WAYS if (assignment, way.name) not in done]
        for way in left:
            # Each time anew: the machine may be slower by now than it was.
            note(measure_floor(assignment), RESULTS)
            with tempfile.TemporaryDirectory(prefix="side-by-side-") as temporary:
                course = way.lay_out(Path(temporary) / "course", assignment, options.submissions)
                command = way.command(course, assignment)
                run = run_class(command, course, assignment, way.name, options.submissions)
                note(run, RESULTS)
        if left:
            note(measure_floor(assignment), RESULTS)
    runs = report.comparable(report.read(RESULTS))
    report.write(runs, REPORT)
    page.put(REPORT, planning.TOPIC, planning.lines(runs))
    print(f"written: {REPORT.relative_to(ROOT)}")


def note(run: report.Run, results: Path) -> None:
    """Print a run, and add it to those that were noted."""
    print(run, flush=True)
    with results.open("a") as file:
        file.write(json.dumps(dataclasses.asdict(run)) + "\n")


def run_class(
    command: list[str], course: Path, assignment: str, way: str, submissions: int
) -> report.Run:
    """Grade all submissions with a command, and watch it."""
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
    full = _full_marks(course, assignment)
    return report.Run(assignment, way, submissions, wall, watch.cpu, watch.memory, full)


def _full_marks(course: Path, assignment: str) -> int:
    from nbgrader.api import Gradebook

    if (counted := course / "full_marks").exists():
        return int(counted.read_text())
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


if __name__ == "__main__":
    main()
