"""The processor time that grading one notebook takes at least: its own cells, and the checks."""

from __future__ import annotations

import time

import psutil
from report import FLOOR, Run
from tools import ROOT

from glovebox import grade as grading
from glovebox.assignment import AssignmentBundle
from glovebox.session import Session
from glovebox.specimens import job_for, reference


def measure_floor(assignment: str) -> Run:
    """Grade the reference solution in a warm process, and leave out what surrounds it.

    Counted is the kernel's processor time from the moment it is ready (the notebook's cells, and
    the student's functions as the checks call them), and this process's while the checks run.
    """
    bundle = AssignmentBundle.load_first(ROOT, assignment)
    job = job_for(reference(assignment), bundle)
    grading.grade(job)  # starts the zygote, and imports what the checks need
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
        started = time.perf_counter()
        verdict = grading.grade(job).verdict
        wall = time.perf_counter() - started
    finally:
        Session.start, Session.kill = start, kill  # type: ignore[method-assign]
        grading.run_checks = run_checks
    full = int(verdict.points == verdict.max_points)
    return Run(assignment, FLOOR, 1, wall, sum(used.values()), 0.0, full, used["checks"])


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
