"""Grading on a Dask cluster: the same verdicts, whatever happens to workers and scheduler."""

from __future__ import annotations

import hashlib
import os
import pickle
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from glovebox import cluster as cluster_module
from glovebox import clusterworker
from glovebox.assignment import AssignmentBundle
from glovebox.batch import NoWorkers, WorkerDied, make_grader
from glovebox.clusterworker import WrongWorker
from glovebox.declaration import ChecksError
from glovebox.errors import UserError
from glovebox.grade import Graded, GradeJob, grade
from glovebox.packing import pack
from glovebox.verdict import NotebookVerdict

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
BIN = Path(sys.executable).parent


class Cluster:
    """A scheduler and workers as an instructor starts them, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        self._folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []

    def start_scheduler(self) -> subprocess.Popen[bytes]:
        port = self.address.rpartition(":")[2]
        return self._start(
            "dask", "scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"
        )

    def start_worker(self) -> subprocess.Popen[bytes]:
        place = ("--local-directory", str(self._folder), "--host", "127.0.0.1")
        return self._start(
            "dask", "worker", self.address, "--nthreads", "1", "--no-dashboard", *place
        )

    def end(self) -> None:
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            process.wait(60)

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        program, *arguments = command
        log = (self._folder / f"{len(self.processes)}.log").open("wb")
        process = subprocess.Popen([str(BIN / program), *arguments], stdout=log, stderr=log)
        self.processes.append(process)
        return process


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path)
    cluster.start_scheduler()
    try:
        yield cluster
    finally:
        cluster.end()


@pytest.fixture
def job(
    tiny_bundle: Callable[..., AssignmentBundle], submission: Callable[..., bytes]
) -> Callable[..., GradeJob]:
    def make(double: str = "", checks: str | None = None) -> GradeJob:
        bundle = tiny_bundle() if checks is None else tiny_bundle(checks)
        content = submission(**({"double": double} if double else {}))
        return GradeJob("tiny", content, (), bundle, seed=1)

    return make


def marks(graded: Any) -> Any:
    """What a verdict says of a submission, but for times and the checks' own tracebacks."""
    assert isinstance(graded, Graded), graded
    verdict: NotebookVerdict = graded.verdict
    checks = [replace(check, duration=0.0, detail="") for check in verdict.checks]
    return checks, verdict.oddities, verdict.submission_sha256, verdict.assignment_sha256


SLOW = "import time\ndef double(x):\n    time.sleep(0.2)\n    return 2 * x"


@pytest.mark.slow
def test_verdicts_are_those_of_one_machine(cluster: Cluster, job: Callable[..., GradeJob]) -> None:
    jobs = {
        "right": job(),
        "wrong": job("def double(x):\n    return 3 * x"),
        "broken": job("1 / 0"),
    }
    cluster.start_worker()
    cluster.start_worker()
    with make_grader(1, cluster.address) as grader:
        grader.rehearse(jobs["right"])
        assert grader.jobs == 2
        results = dict(grader.grade_all(jobs.items()))
        with pytest.raises(ChecksError, match="cannot be run"):
            grader.rehearse(job(checks="1 / 0"))
        with pytest.raises(WorkerDied, match="died twice"):
            grader.grade(job(checks="import os\nos.kill(os.getpid(), 9)"))
    for name, made in jobs.items():
        assert marks(results[name]) == marks(grade(made))


@pytest.mark.slow
def test_nothing_is_lost_with_workers_and_scheduler(
    cluster: Cluster, job: Callable[..., GradeJob]
) -> None:
    jobs = {number: job(SLOW if number else "1 / 0") for number in range(6)}
    scheduler = cluster.processes[0]
    worker = cluster.start_worker()
    cluster.start_worker()
    with make_grader(1, cluster.address) as grader:
        grader.rehearse(jobs[0])
        started = {number: grader.start(made) for number, made in jobs.items()}
        results = {0: grader.finish(started[0])}
        # The nanny would start another one in its place.
        os.kill(worker.pid, signal.SIGKILL)
        results[1] = grader.finish(started[1])
        scheduler.kill()
        scheduler.wait()
        time.sleep(2)
        cluster.start_scheduler()
        cluster.start_worker()
        results |= {number: grader.finish(started[number]) for number in range(2, 6)}
    expected = marks(grade(job(SLOW)))
    assert all(marks(results[number]) == expected for number in range(1, 6))


def test_an_address_without_a_scheduler_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "_PATIENCE", 1)
    with pytest.raises(NoWorkers, match=r"tcp://127.0.0.1:9: no Dask scheduler answers there"):
        make_grader(1, "tcp://127.0.0.1:9")
    with pytest.raises(NoWorkers, match="nowhere: no Dask scheduler answers there"):
        make_grader(1, "nowhere")


@pytest.mark.slow
def test_a_scheduler_without_workers_is_said_so(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_module, "_PATIENCE", 20)
    with pytest.raises(NoWorkers, match=f"no workers.*dask worker {cluster.address} --nthreads 1"):
        make_grader(1, cluster.address)


def test_without_dask_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "glovebox.cluster")
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UserError, match="--scheduler needs Dask"):
        make_grader(1, "tcp://127.0.0.1:9")


# --- what a worker does ---------------------------------------------------------------------------


@pytest.fixture
def carried_out(
    monkeypatch: pytest.MonkeyPatch, job: Callable[..., GradeJob]
) -> Callable[..., Any]:
    """Carry out a job as a worker does, with something about what arrives altered."""
    worker = SimpleNamespace(
        address="tcp://there", log_event=lambda *_: None, get_current_task=lambda: "key"
    )
    monkeypatch.setattr(clusterworker, "get_worker", lambda: worker)
    packed, apart = pack(job())

    def carry_out(**altered: Any) -> Any:
        arguments = {
            "job": packed,
            "digest": hashlib.sha256(packed).hexdigest(),
            "assignments": apart,
            "caller": clusterworker.fingerprint(),
        }
        return clusterworker.carry_out(lambda job: job, **{**arguments, **altered})

    return carry_out


def test_a_job_arrives_as_it_was_sent(
    carried_out: Callable[..., Any], job: Callable[..., GradeJob]
) -> None:
    assert carried_out() == job()


@pytest.mark.parametrize(
    ("altered", "said"),
    [
        ({"job": b"other bytes"}, "not what was sent"),
        ({"caller": {"keras": "1.0"}}, "the worker tcp://there has code .*, and you have missing"),
    ],
)
def test_a_worker_that_may_grade_otherwise_refuses(
    carried_out: Callable[..., Any], altered: dict[str, Any], said: str
) -> None:
    with pytest.raises(WrongWorker, match=said):
        carried_out(**altered)


def test_an_assignment_is_kept_as_it_was_sent(job: Callable[..., GradeJob]) -> None:
    content = pickle.dumps(job().assignment)
    assert clusterworker.keep(content, hashlib.sha256(content).hexdigest()) == job().assignment
    with pytest.raises(WrongWorker):
        clusterworker.keep(content, hashlib.sha256(b"").hexdigest())
