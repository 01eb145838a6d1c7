"""What a worker of a Dask cluster does for :mod:`glovebox.cluster`.

It needs this package and a sandbox, and nothing of the course. Notebooks are graded in a process of
the worker's own, as on a single machine: pytest, signals and the zygote want one for themselves,
and whatever becomes of it, the worker lives on.
"""

from __future__ import annotations

import functools
import hashlib
import multiprocessing.util
import pickle
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from distributed import get_worker

from glovebox.assignment import AssignmentBundle
from glovebox.batch import Grader, NoWorkers, WorkerDied
from glovebox.declaration import ChecksError
from glovebox.errors import UserError
from glovebox.grade import Graded, GradeJob
from glovebox.inputs import surroundings
from glovebox.packing import unpack

Done = TypeVar("Done")

BEGUN = "glovebox-begun"
"""The topic of Dask's events under which a worker says that it begins a task, by its key."""
_one_at_a_time = threading.Lock()
"""A worker with several threads grades as many notebooks as one with a single thread."""


class WrongWorker(NoWorkers):
    """A worker that cannot grade, might grade otherwise, or got other bytes than were sent."""


def grade(job: GradeJob) -> Graded:
    """Grade a notebook in this worker's own process; raises as :func:`rehearse` does.

    A worker that came late has rehearsed nothing yet. It does so now: one that is not fit would
    fail, and be given the next notebook, faster than the others grade.
    """
    if _rehearsal(job) not in _rehearsed:
        rehearse(job)
    return _grader().grade(job)


def rehearse(job: GradeJob) -> None:
    """Try here what every submission needs.

    Raises:
        ChecksError: the checks cannot be collected.
        WorkerDied: collecting them ended the worker's own process.
        WrongWorker: this worker cannot grade; the sentence says why.
    """
    try:
        _grader().rehearse(job)
    except (ChecksError, WorkerDied):
        raise
    except UserError as error:
        raise WrongWorker(f"the worker {get_worker().address} cannot grade: {error}") from None
    _rehearsed.add(_rehearsal(job))


_rehearsed: set[tuple[str, bool]] = set()


def _rehearsal(job: GradeJob) -> tuple[str, bool]:
    return job.assignment.sha256, job.sandbox


def keep(assignment: bytes, digest: str) -> AssignmentBundle:
    """An assignment, to be kept by this worker for the tasks that need it.

    Raises:
        WrongWorker: it is not what was sent.
    """
    _check(assignment, digest)
    kept: AssignmentBundle = pickle.loads(assignment)
    return kept


def carry_out(
    function: Callable[[GradeJob], Done],
    job: bytes,
    digest: str,
    assignments: Mapping[str, AssignmentBundle],
    caller: Mapping[str, str],
) -> Done:
    """Do with a job what the caller wants.

    Args:
        function: :func:`grade` or :func:`rehearse`.
        job: a packed GradeJob.
        digest: the SHA-256 of that.
        assignments: those in it, by the digest that stands for each in the packed job.
        caller: the caller's :func:`fingerprint` of the assignments.

    Raises:
        WrongWorker: this worker is not to be trusted with it; the sentence says why.
        UserError: as the function does.
    """
    worker = get_worker()
    # Dask's workers are daemons, which may have no children; ours end with the worker in any case.
    multiprocessing.current_process().daemon = False
    with _one_at_a_time:
        worker.log_event(BEGUN, worker.get_current_task())
        _check(job, digest)
        mine = fingerprint(assignments.values())
        for name in sorted({*caller, *mine}):
            if caller.get(name) != mine.get(name):
                theirs, ours = (known.get(name, "missing")[:12] for known in (caller, mine))
                raise WrongWorker(
                    f"the worker {worker.address} has {name} {ours}, and you have {theirs}: "
                    "install the same requirements.lock and the same Glovebox there."
                )
        try:
            return function(unpack(job, assignments.__getitem__))
        except OSError as error:
            # A full disk, say, on which the next notebook would fare no better.
            raise WrongWorker(f"the worker {worker.address} cannot grade: {error}") from None


def fingerprint(assignments: Iterable[AssignmentBundle]) -> Mapping[str, str]:
    """What marks depend on here besides the jobs; see :mod:`glovebox.inputs`."""
    return {name: what for one in assignments for name, what in surroundings(one).items()}


@functools.cache
def _grader() -> Grader:
    """The worker's own process, which ends with it."""
    grader = Grader()
    # Else a worker that ends with its scheduler waits for a process that waits for work. What has
    # a priority is done before Python waits for children.
    reason = (SystemExit, SystemExit(), None)
    multiprocessing.util.Finalize(None, grader.__exit__, reason, exitpriority=1)
    return grader


def _check(content: bytes, digest: str) -> None:
    if hashlib.sha256(content).hexdigest() != digest:
        raise WrongWorker("what arrived at a worker is not what was sent; look at its network.")
