"""Grading on a Dask cluster: the same verdicts, whatever happens to workers and scheduler."""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from distributed import KilledWorker, LocalCluster

from glovebox import cluster as cluster_module
from glovebox import clusterclient, clusterlookout, clusterworker
from glovebox.assignment import AssignmentBundle
from glovebox.batch import NoWorkers, WorkerDied, make_grader
from glovebox.cli import main
from glovebox.cluster import ClusterGrader
from glovebox.clusterlookout import Lookout, trouble_of
from glovebox.clusterworker import WrongWorker
from glovebox.declaration import ChecksError
from glovebox.errors import UserError
from glovebox.grade import Graded, GradeJob, grade
from glovebox.packing import pack
from glovebox.verdict import NotebookVerdict
from tests.glovebox.clusters import Cluster

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


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


GONE = "is gone, or answers no longer, and did not come back"


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
        results = dict(grader.grade_all(jobs.items()))
        with pytest.raises(ChecksError, match="cannot be run"):
            grader.rehearse(job(checks="1 / 0"))
        with pytest.raises(WorkerDied, match="ended the process that grades"):
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
    # What has graded ends with its scheduler.
    cluster.processes[-2].terminate()
    cluster.processes[-1].wait(60)


# --- in this process ------------------------------------------------------------------------------


@pytest.fixture
def threads() -> Iterator[LocalCluster]:
    """A scheduler and two workers that are threads of this process."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address=":0"
    ) as cluster:
        yield cluster


@pytest.fixture
def grader(threads: LocalCluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[ClusterGrader]:
    """A grader whose workers do with a job what stands in its ``notebook``."""
    monkeypatch.setattr(clusterworker, "grade", pretend)
    monkeypatch.setattr(clusterworker, "_one_at_a_time", contextlib.nullcontext())
    monkeypatch.setattr(cluster_module, "_PATIENCE", 3.0)
    monkeypatch.setattr(cluster_module, "_LOOK", 0.2)
    with ClusterGrader(threads.scheduler_address) as grader:
        yield grader


GATE = threading.Event()


def pretend(job: GradeJob) -> Any:
    """What a worker does in place of grading."""
    if job.notebook == "waits":
        assert GATE.wait(60)
    if job.notebook == "fails":
        raise ChecksError("so")
    if job.notebook == "full":
        raise OSError(28, "No space left on device")
    if job.notebook == "crashes":
        raise RuntimeError("two\nlines")
    return job.notebook


@pytest.fixture
def named(job: Callable[..., GradeJob]) -> Callable[[str], GradeJob]:
    return lambda name: replace(job(), notebook=name)


def test_what_a_worker_raises_is_said_in_a_sentence(
    grader: ClusterGrader, named: Callable[[str], GradeJob]
) -> None:
    jobs = {name: named(name) for name in ("one", "fails", "crashes", "two")}
    results = dict(grader.grade_all(jobs.items()))
    assert (results["one"], results["two"]) == ("one", "two")
    assert str(results["fails"]) == "so"
    assert str(results["crashes"]) == ("crashes: the cluster could not grade it: RuntimeError: two")


def test_a_worker_without_room_is_named_and_gets_nothing_more(
    grader: ClusterGrader, named: Callable[[str], GradeJob]
) -> None:
    with pytest.raises(WrongWorker, match=r"the worker \S+ cannot grade: .*No space left"):
        grader.grade(named("full"))


def test_what_no_worker_has_begun_can_be_taken_back(
    grader: ClusterGrader, named: Callable[[str], GradeJob]
) -> None:
    GATE.clear()
    under_way = [grader.start(named("waits")) for _ in range(2)]
    deadline = time.monotonic() + 30
    while not all(started.call.begun for started in under_way):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    later = grader.start(named("later"))
    assert not under_way[0].call.take_back()
    assert later.call.take_back()
    GATE.set()
    assert grader.finish(under_way[0]) == "waits"
    with pytest.raises(KeyboardInterrupt):
        grader.finish(later)


def test_fewer_workers_than_before_are_no_trouble(
    grader: ClusterGrader, named: Callable[[str], GradeJob]
) -> None:
    results = []
    for key, result in grader.grade_all((number, named("one")) for number in range(6)):
        grader.jobs = 1 if key % 2 else 4
        results.append(result)
    assert results == ["one"] * 6


@pytest.mark.parametrize("begun", [True, False])
def test_what_only_waited_at_a_worker_that_died_is_not_blamed(
    grader: ClusterGrader, named: Callable[[str], GradeJob], begun: bool
) -> None:
    GATE.clear()
    started = grader.start(named("waits"))
    errand = started.call
    assert isinstance(errand, cluster_module._Errand)
    errand.begun = begun
    killed = KilledWorker("key", SimpleNamespace(address="tcp://there"), 3)
    grader._take_in(errand, SimpleNamespace(status="error", exception=lambda: killed))
    GATE.set()
    if begun:
        with pytest.raises(WorkerDied, match="waits: the workers that graded it died"):
            grader.finish(started)
    else:
        assert grader.finish(started) == "waits"


def test_what_is_lost_again_and_again_is_given_up(
    grader: ClusterGrader, named: Callable[[str], GradeJob]
) -> None:
    GATE.clear()
    started = grader.start(named("waits"))
    errand = started.call
    assert isinstance(errand, cluster_module._Errand)
    errand.tries = cluster_module._TRIES
    grader._take_in(errand, SimpleNamespace(status="cancelled"))
    GATE.set()
    with pytest.raises(WorkerDied, match="lost it 5 times over"):
        grader.finish(started)


@pytest.mark.slow
def test_a_scheduler_that_stays_away_ends_the_waiting(
    grader: ClusterGrader, threads: LocalCluster, named: Callable[[str], GradeJob]
) -> None:
    GATE.clear()
    started = grader.start(named("waits"))
    class_of_two = grader.grade_all((number, named("waits")) for number in range(2))
    threading.Timer(1.0, threads.close).start()
    threading.Timer(3.0, GATE.set).start()
    with pytest.raises(NoWorkers, match=GONE):
        grader.finish(started)
    with pytest.raises(NoWorkers, match=GONE):
        list(class_of_two)
    with pytest.raises(NoWorkers, match=GONE):
        grader.start(named("one"))


def test_an_address_without_a_scheduler_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "_PATIENCE", 1)
    with pytest.raises(NoWorkers, match=r"tcp://127.0.0.1:9: no Dask scheduler answers there"):
        make_grader(1, "tcp://127.0.0.1:9")
    with pytest.raises(NoWorkers, match="nowhere: no Dask scheduler answers there"):
        make_grader(1, "nowhere")


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "tcp://nowhere.invalid:9"])
def test_what_is_waited_for_is_said_and_then_why_it_did_not_come(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, address: str
) -> None:
    monkeypatch.setattr(cluster_module, "_PATIENCE", 2)
    monkeypatch.setattr(clusterclient, "_SILENCE", 0.1)
    # What Dask says of it last: its own clock may cut the last attempt short.
    with pytest.raises(NoWorkers, match=r"refused|not known|resolution|Timed out"):
        make_grader(1, address)
    assert f"{address} does not answer yet; waiting 2 seconds at most." in caplog.text


def test_who_waits_for_a_scheduler_can_be_interrupted() -> None:
    program = (
        "import signal, threading\n"
        "from glovebox.batch import make_grader\n"
        "import glovebox.cluster\n"
        "threading.Timer(1, signal.raise_signal, [signal.SIGINT]).start()\n"
        "make_grader(1, 'tcp://127.0.0.1:9')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=False
    )
    assert done.stderr.splitlines()[-1] == "KeyboardInterrupt"


def test_what_speaks_otherwise_is_no_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "_PATIENCE", 5)
    with socket.create_server(("127.0.0.1", 0)) as other:

        def speak() -> None:
            connection, _ = other.accept()
            with connection:
                connection.sendall(b"SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n" * 4)
                connection.recv(1 << 16)

        threading.Thread(target=speak, daemon=True).start()
        with pytest.raises(NoWorkers, match=r"there \(what answers is none"):
            make_grader(1, f"tcp://127.0.0.1:{other.getsockname()[1]}")


def test_something_else_that_listens_is_no_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "_PATIENCE", 1)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        address = f"tcp://127.0.0.1:{mute.getsockname()[1]}"
        with pytest.raises(NoWorkers, match="no Dask scheduler answers there"):
            make_grader(1, address)


def test_a_worker_is_no_scheduler() -> None:
    with LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=":0", protocol="tcp"
    ) as local:
        (worker,) = local.workers.values()
        with pytest.raises(NoWorkers, match="it is the address of a Dask worker"):
            make_grader(1, worker.address)


@pytest.mark.slow
def test_a_scheduler_that_freezes_is_not_waited_for_without_end(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(cluster_module, "_PATIENCE", 20)
    monkeypatch.setattr(cluster_module, "_LOOK", 1)
    (scheduler,) = cluster.processes

    def freeze(*_: object) -> None:
        monkeypatch.setattr(Lookout, "tell", tell)
        monkeypatch.setattr(cluster_module, "_PATIENCE", 0)
        scheduler.send_signal(signal.SIGSTOP)

    tell = Lookout.tell
    monkeypatch.setattr(Lookout, "tell", freeze)
    try:
        with pytest.raises(NoWorkers, match=GONE):
            make_grader(1, cluster.address)
    finally:
        scheduler.send_signal(signal.SIGCONT)
    assert "does not answer; waiting for it." in caplog.text


@pytest.mark.slow
def test_a_scheduler_that_freezes_while_grading_is_given_up_and_found_again(
    cluster: Cluster,
    job: Callable[..., GradeJob],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    (scheduler,) = cluster.processes
    cluster.start_worker()
    with make_grader(1, cluster.address) as grader:
        grader.rehearse(job())
        monkeypatch.setattr(cluster_module, "_PATIENCE", 3)
        monkeypatch.setattr(cluster_module, "_LOOK", 1)
        scheduler.send_signal(signal.SIGSTOP)
        try:
            with pytest.raises(NoWorkers, match=GONE):
                grader.grade(job())
        finally:
            scheduler.send_signal(signal.SIGCONT)
        monkeypatch.setattr(cluster_module, "_PATIENCE", 60)
        monkeypatch.setattr(cluster_module, "_LOOK", 5)
        grader.rehearse(job())
        assert marks(grader.grade(job())) == marks(grade(job()))
    assert "does not answer; waiting for it." in caplog.text
    assert f"{cluster.address} goes on." in caplog.text


@pytest.mark.slow
def test_a_scheduler_that_was_given_up_is_found_again(
    cluster: Cluster, job: Callable[..., GradeJob], monkeypatch: pytest.MonkeyPatch
) -> None:
    (scheduler,) = cluster.processes
    cluster.start_worker()
    with make_grader(1, cluster.address) as grader:
        assert isinstance(grader, ClusterGrader)
        grader.rehearse(job())
        grader._client._timeout = 10
        monkeypatch.setattr(cluster_module, "_PATIENCE", 3)
        monkeypatch.setattr(cluster_module, "_LOOK", 1)
        scheduler.kill()
        scheduler.wait()
        with pytest.raises(NoWorkers, match=GONE):
            grader.grade(job())
        monkeypatch.setattr(cluster_module, "_PATIENCE", 60)
        while grader._client.status != "closed":
            time.sleep(0.1)
        with pytest.raises(NoWorkers, match="no Dask scheduler answers there"):
            grader.rehearse(job())
        monkeypatch.setattr(cluster_module, "_LOOK", 60)
        cluster.start_scheduler()
        cluster.start_worker()
        grader.rehearse(job())
        assert marks(grader.grade(job())) == marks(grade(job()))
        # Next time, it has as long to come back as at first.
        assert grader._client._timeout == 60


@pytest.mark.parametrize(
    ("states", "idle", "said"),
    [
        (None, True, "does not answer"),
        ({}, True, "has no workers"),
        ({"tcp://a:1": "paused", "tcp://b:1": "paused"}, True, "short of memory"),
        ({"tcp://a:1": "paused", "tcp://b:1": "running"}, False, ""),
        ({"tcp://a:1": "silent", "tcp://b:1": "running"}, False, "not heard of tcp://a:1 for half"),
        ({"tcp://a:1": "running"}, True, "busy with something else"),
    ],
)
def test_what_hinders_grading(states: dict[str, str] | None, idle: bool, said: str) -> None:
    trouble = trouble_of(states, idle)
    assert said in trouble
    assert bool(said) == bool(trouble)


def test_a_worker_of_which_nothing_is_heard_is_silent(
    grader: ClusterGrader, threads: LocalCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (worker.address for worker in threads.workers.values())
    seen = {first: 1.0, second: 1.0}

    async def identity() -> Any:
        return {"workers": {one: {"last_seen": seen[one], "status": "running"} for one in seen}}

    monkeypatch.setattr(grader._client.scheduler, "identity", identity, raising=False)
    assert grader._lookout.ask(5) == {first: "running", second: "running"}
    now = time.monotonic()
    monkeypatch.setattr(clusterlookout.time, "monotonic", lambda: now + 31)
    seen[second] = 2.0
    assert grader._lookout.ask(5) == {first: "silent", second: "running"}


@pytest.mark.slow
def test_who_waits_for_others_is_told(
    grader: ClusterGrader, named: Callable[[str], GradeJob], caplog: pytest.LogCaptureFixture
) -> None:
    GATE.clear()
    try:
        with ClusterGrader(grader._address) as other:
            under_way = [other.start(named("waits")) for _ in range(2)]
            while not all(started.call.begun for started in under_way):
                time.sleep(0.01)
            mine = grader.start(named("mine"))
            threading.Timer(3.0, GATE.set).start()
            assert grader.finish(mine) == "mine"
    finally:
        GATE.set()
    assert "has workers that are busy with something else" in caplog.text


@pytest.mark.parametrize("command", ["autograde", "regrade", "watch", "audit"])
def test_no_address_is_not_this_machine(command: str) -> None:
    said = CliRunner().invoke(main, [command, "tokenizer", "--scheduler", ""])
    assert said.exit_code == 2
    assert "the address is empty; without the option, this machine grades." in said.output


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "tcp://127.0.0.1:1x", "tcp://127.0.0.1:99999", "tls://127.0.0.1:9"]
)
def test_an_address_that_cannot_be_read_leaves_nothing_to_wait_for(address: str) -> None:
    program = f"from glovebox.batch import make_grader\nmake_grader(1, {address!r})"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stderr.splitlines()[-1].startswith(f"glovebox.batch.NoWorkers: {address}: no Dask")


@pytest.mark.slow
def test_a_scheduler_without_workers_is_said_so(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_module, "_PATIENCE", 20)
    with pytest.raises(NoWorkers, match=f"no workers.*dask worker {cluster.address} --nthreads 1"):
        make_grader(1, cluster.address)


@pytest.mark.parametrize("missing", ["dask", "distributed"])
def test_without_dask_it_is_said_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    for module in ("cluster", "clusterclient"):
        monkeypatch.delitem(sys.modules, f"glovebox.{module}")
    monkeypatch.setitem(sys.modules, missing, None)
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
            "caller": clusterworker.fingerprint(apart.values()),
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
