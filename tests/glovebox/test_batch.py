"""Grading many: a worker may die, hang or break down, and no notebook is lost or counted twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from glovebox import batch
from glovebox.assignment import AssignmentBundle
from glovebox.batch import Grader, WorkerDied
from glovebox.declaration import ChecksError
from glovebox.grade import Graded, GradeJob
from glovebox.pool import Call

Bundle = Callable[..., AssignmentBundle]
Submit = Callable[..., bytes]

# A check that ends the worker it runs in, as a hostile model might; only while a file is there.
KILLING = """
import os, pathlib, pytest, signal

@pytest.mark.grade_cell("test-double")
@pytest.mark.points(2)
def test_it(student):
    '''Ends the worker'''
    name = student.get("fuse")
    fuse = pathlib.Path(name)
    if fuse.exists():
        if fuse.read_text() == "once":
            fuse.unlink()
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def job(tiny_bundle: Bundle, submission: Submit) -> Callable[..., GradeJob]:
    def make(checks: str | None = None, double: str = "", **fields: Any) -> GradeJob:
        bundle = tiny_bundle() if checks is None else tiny_bundle(checks)
        content = submission(**({"double": double} if double else {}))
        return GradeJob("tiny", content, (), bundle, seed=1, **fields)

    return make


def fused(path: Any, job: Callable[..., GradeJob]) -> GradeJob:
    return job(KILLING, f"fuse = {str(path)!r}")


@pytest.mark.skipif(sys.platform != "linux", reason="no other system has SCHED_BATCH")
def test_kernels_wait_until_it_is_their_turn(job: Callable[..., GradeJob]) -> None:
    policy = "import os\ndef double(x):\n    raise OSError(os.sched_getscheduler(0))"
    with Grader() as grader:
        verdict = grader.grade(job(double=policy)).verdict
    assert f"`double` raised OSError: {os.SCHED_BATCH}" in verdict.checks[0].message
    assert os.sched_getscheduler(0) == os.SCHED_OTHER


@pytest.mark.slow
def test_every_notebook_comes_back_whatever_happens_to_the_workers(
    job: Callable[..., GradeJob], tmp_path: Any
) -> None:
    (tmp_path / "once").write_text("once")
    (tmp_path / "always").write_text("always")
    jobs = {
        "good": job(),
        "once": fused(tmp_path / "once", job),
        "bad": job("1 / 0"),
        "better": job(),
        "always": fused(tmp_path / "always", job),
        "best": job(),
    }
    before = dict(os.environ)
    drawn: list[str] = []

    def source() -> Iterator[tuple[str, GradeJob]]:
        for key, made in jobs.items():
            drawn.append(key)
            yield key, made

    results: dict[str, Any] = {}
    with Grader(jobs=2) as grader:
        for key, result in grader.grade_all(source()):
            assert key not in results
            results[key] = result
            assert len(drawn) <= len(results) + 4
    assert dict(os.environ) == before
    assert set(results) == set(jobs)
    assert isinstance(results["bad"], ChecksError)
    assert isinstance(results["always"], WorkerDied)
    for key in ("good", "better", "best"):
        assert results[key].verdict.points == 5
    assert results["once"].verdict.points == 2


@pytest.mark.slow
def test_one_after_the_other(job: Callable[..., GradeJob], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    with Grader() as grader:
        assert grader.grade(job()).verdict.points == 5
        with pytest.raises(ChecksError):
            grader.grade(job("1 / 0"))
        assert os.environ["OMP_NUM_THREADS"] == "7"
        # A worker that dies between two notebooks is nobody's fault.
        assert grader._pool is not None
        for pid in grader._pool._executor._processes:
            os.kill(pid, signal.SIGKILL)
        assert grader.grade(job()).verdict.points == 5


@pytest.mark.slow
def test_a_bystander_of_a_death_is_graded_with_the_others(
    job: Callable[..., GradeJob], tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not each in a pool of its own, which takes seconds to start."""
    (tmp_path / "once").write_text("once")
    pools: list[int] = []

    class Counted(batch.Pool):
        def __init__(self, workers: int) -> None:
            pools.append(workers)
            super().__init__(workers)

    monkeypatch.setattr(batch, "Pool", Counted)
    with Grader() as grader:
        begun = [grader.start(one) for one in (fused(tmp_path / "once", job), *[job()] * 3)]
        assert [grader.finish(one).verdict.points for one in begun] == [2, 5, 5, 5]
    # The first, one for who had been under way, one for all others.
    assert pools == [1, 1, 1]


@pytest.mark.slow
def test_a_worker_that_dies_before_the_first_notebook_is_replaced(
    job: Callable[..., GradeJob], tmp_path: Path
) -> None:
    fuse = tmp_path / "fuse"
    dying = f"""
import os, pathlib, signal
fuse = pathlib.Path({str(fuse)!r})
if fuse.exists():
    fuse.read_text() == "once" and fuse.unlink()
    os.kill(os.getpid(), signal.SIGKILL)
"""
    with Grader() as grader:
        fuse.write_text("once")
        grader.rehearse(job(dying + KILLING))
        fuse.write_text("always")
        with pytest.raises(WorkerDied, match="collecting its checks ended the process"):
            grader.rehearse(job(dying + KILLING))


# --- what a worker does, in this process ----------------------------------------------------------


def test_a_breakdown_is_told_as_one(
    job: Callable[..., GradeJob], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(job: GradeJob) -> Graded:
        raise RecursionError("too deep")

    monkeypatch.setattr(batch, "grade", broken)
    with pytest.raises(WorkerDied, match="tiny: grading it broke down: RecursionError: too"):
        batch._grade(job())


def test_checks_that_cannot_be_run_stay_what_they_are(
    job: Callable[..., GradeJob], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(job: GradeJob) -> Graded:
        raise ChecksError("so")

    monkeypatch.setattr(batch, "grade", broken)
    with pytest.raises(ChecksError, match="so"):
        batch._grade(job())


def test_a_worker_is_given_up_when_it_takes_for_ever(
    job: Callable[..., GradeJob], monkeypatch: pytest.MonkeyPatch
) -> None:
    alarms: list[int] = []
    monkeypatch.setattr(batch.signal, "alarm", alarms.append)
    monkeypatch.setattr(batch.signal, "signal", lambda *arguments: None)
    monkeypatch.setattr(batch, "grade", lambda job: alarms.append(-1))
    made = job()
    batch._grade(made)
    limits = made.limits
    assert alarms[1:] == [-1, 0]
    assert alarms[0] > limits.notebook + limits.startup * limits.restarts


# --- the pool -------------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
from glovebox.pool import Pool

if __name__ == "__main__":
    pool = Pool(1)
    pool.submit(len, "abc").future.result()
    print(pool._folder, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.slow
def test_a_caller_that_is_killed_leaves_nothing_behind(tmp_path: Path) -> None:
    program = tmp_path / "killed.py"
    program.write_text(KILLED)
    done = subprocess.run([sys.executable, str(program)], capture_output=True, text=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    folder = Path(done.stdout.strip())
    end = time.monotonic() + 30
    while folder.exists() and time.monotonic() < end:
        time.sleep(0.1)
    assert not folder.exists()


def test_what_no_worker_has_begun_can_be_taken_back(tmp_path: Path) -> None:
    (tmp_path / "work").touch()
    call: Call[int] = Call(tmp_path, Future())
    assert call.take_back()
    assert not call.take_back()
