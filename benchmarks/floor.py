"""The processor time that grading one notebook takes at least: its own cells, and the checks."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
from report import FLOOR, Run
from tools import ROOT

from glovebox import grade as grading
from glovebox.assignment import AssignmentBundle
from glovebox.session import Session
from glovebox.specimens import job_for, reference

GRADINGS = 5
"""So often the same notebook is graded; of the times the medians are taken."""


def measure_floor(assignment: str) -> Run:
    """Grade the reference solution in a warm process, and leave out what surrounds it.

    Counted is the kernel's processor time from the moment it is ready (the notebook's cells, and
    the student's functions as the checks call them), and this process's while the checks run.
    """
    bundle = AssignmentBundle.load_first(ROOT, assignment)
    job = job_for(reference(assignment), bundle)
    grading.grade(job)  # starts the zygote, and imports what the checks need
    walls, kernels, checks = [], [], []
    for _ in range(GRADINGS):
        with _counting() as used:
            started = time.perf_counter()
            verdict = grading.grade(job).verdict
            walls.append(time.perf_counter() - started)
        kernels.append(used["kernel"])
        checks.append(used["checks"])
    full = int(verdict.points == verdict.max_points)
    checking = statistics.median(checks)
    cpu = statistics.median(kernels) + checking
    return Run(assignment, FLOOR, 1, statistics.median(walls), cpu, 0.0, full, checking)


@contextmanager
def _counting() -> Iterator[dict[str, float]]:
    """Count processor seconds of ``kernel`` and ``checks`` while something is graded here."""
    used = {"checks": 0.0, "kernel": 0.0}
    start, kill, run_checks = Session.start, Session.kill, grading.run_checks

    def timed_start(session: Session) -> None:
        start(session)
        used["kernel"] -= _kernels()

    def timed_kill(session: Session) -> None:
        used["kernel"] += _kernels()
        kill(session)

    def timed_checks(*arguments: object) -> object:
        before = time.process_time()
        try:
            return run_checks(*arguments)  # type: ignore[arg-type]
        finally:
            used["checks"] += time.process_time() - before

    Session.start, Session.kill = timed_start, timed_kill  # type: ignore[method-assign]
    grading.run_checks = timed_checks  # type: ignore[assignment]
    try:
        yield used
    finally:
        Session.start, Session.kill = start, kill  # type: ignore[method-assign]
        grading.run_checks = run_checks


def _kernels() -> float:
    """Seconds of processor time of all kernels under this process."""
    total = 0.0
    for child in psutil.Process().children(recursive=True):
        try:
            if (
                "glovebox.sandbox.zygote" in child.cmdline()
                and child.ppid() != psutil.Process().pid
            ):
                times = child.cpu_times()
                total += times.user + times.system
        except psutil.Error:
            continue
    return total
