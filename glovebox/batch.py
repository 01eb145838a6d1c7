"""Grades many notebooks in worker processes; only the caller writes anything."""

from __future__ import annotations

import itertools
import math
import signal
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Protocol, Self, TypeVar

from glovebox.declaration import ChecksError
from glovebox.errors import UserError
from glovebox.grade import ATTEMPTS, Graded, GradeJob, grade, rehearse
from glovebox.launch import check_platform
from glovebox.pool import Call, Pool

Key = TypeVar("Key")
Work = TypeVar("Work")
Done = TypeVar("Done")

_CHECKS_TIME = 900.0
"""Seconds that the checks' own computing may take, beyond what the student's code does."""
_TRIES = 3
"""How many pools may break before what is asked of them is given up, or tried alone."""


class WorkerDied(UserError):
    """Grading a notebook broke down, or two workers in a row died over it: nothing is known."""


class NoWorkers(UserError):
    """There is nothing to grade with: what cannot be graded now, no other submission can be."""


class Pending(Protocol):
    """A notebook that some worker will grade, grades or has graded."""

    future: Future[Graded]

    @property
    def begun(self) -> bool:
        """Whether a worker has begun it, as far as that is known."""

    def take_back(self) -> bool:
        """Whether its result, which no worker had begun to work on, is given up."""


@dataclass(frozen=True)
class Started:
    """A notebook under way: the job, what will come of it, and what it has been entrusted to."""

    job: GradeJob
    call: Pending
    pool: object
    tries: int = 1


class BaseGrader(ABC):
    """Something that grades notebooks elsewhere than in this process, several at a time."""

    jobs: int
    """How many it grades at a time."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop(at_once=error is not None)

    @abstractmethod
    def start(self, job: GradeJob) -> Started:
        """Begin to grade a notebook as soon as a worker is free; see :meth:`finish`."""

    @abstractmethod
    def finish(self, started: Started) -> Graded:
        """Wait for a notebook that :meth:`start` began.

        Raises:
            ChecksError: the instructor's checks cannot be run.
            WorkerDied: the worker died, and so did the one that tried again.
        """

    @abstractmethod
    def rehearse(self, job: GradeJob) -> None:
        """Make sure that a notebook can be graded at all, before a submission is.

        Raises:
            UserError: it cannot; see :func:`glovebox.grade.rehearse`.
            WorkerDied: collecting its checks ended the worker, each time.
        """

    @abstractmethod
    def _stop(self, at_once: bool) -> None:
        """Let go of all workers, when they are done or at once."""

    def _wait(self, futures: Collection[Future[Graded]]) -> set[Future[Graded]]:
        """Wait until at least one of these is done; the ones that are."""
        return wait(futures, return_when=FIRST_COMPLETED).done

    def grade(self, job: GradeJob) -> Graded:
        """Grade one notebook; raises as :meth:`finish` does."""
        return self.finish(self.start(job))

    def grade_all(
        self, jobs: Iterable[tuple[Key, GradeJob]]
    ) -> Iterator[tuple[Key, Graded | ChecksError | WorkerDied]]:
        """Grade many notebooks, yielding each as it is done; failures come as values.

        No more jobs are drawn from the iterable than workers can soon take, so memory does not
        grow with the class.
        """
        source = iter(jobs)
        running: dict[Future[Graded], tuple[Key, Started]] = {}
        while True:
            # There may be fewer workers than there were.
            for key, job in itertools.islice(source, max(self.jobs + 1 - len(running), 0)):
                started = self.start(job)
                running[started.call.future] = (key, started)
            if not running:
                return
            for future in self._wait(running):
                key, started = running.pop(future)
                try:
                    yield key, self.finish(started)
                except (ChecksError, WorkerDied) as error:
                    yield key, error


class Grader(BaseGrader):
    """A pool of ``jobs`` trusted processes on this machine, started when first needed."""

    def __init__(self, jobs: int = 1) -> None:
        self.jobs = jobs
        self._pool: Pool | None = None

    def start(self, job: GradeJob) -> Started:
        """Begin to grade a notebook in a process of the pool, a new pool if the last broke."""
        try:
            return self._submit(job)
        except BrokenProcessPool:
            self._stop(at_once=True)
            return self._submit(job)

    def finish(self, started: Started) -> Graded:
        """Wait for a notebook, and grade it again if a process that died had begun it."""
        try:
            return started.call.future.result()
        except (BrokenProcessPool, CancelledError):
            if self._pool is started.pool:
                self._stop(at_once=True)
        # One dead worker breaks its whole pool. A notebook that nobody had begun is a bystander;
        # any other is tried again in a pool of its own, where it can take no other with it.
        if not started.call.begun and started.tries < _TRIES:
            again = self.start(started.job)
            return self.finish(replace(again, tries=started.tries + 1))
        with Grader() as alone:
            try:
                return alone._submit(started.job).call.future.result()
            except BrokenProcessPool:
                raise WorkerDied(
                    f"{started.job.notebook}: the worker that graded it died twice; "
                    "see `glovebox doctor`."
                ) from None

    def rehearse(self, job: GradeJob) -> None:
        """Collect the checks and start a kernel, in one process of the pool."""
        check_platform(job.sandbox)
        for _ in range(_TRIES):
            try:
                self._call(rehearse, job)[0].future.result()
            except BrokenProcessPool:
                self._stop(at_once=True)
            else:
                return
        raise WorkerDied(
            f"{job.notebook}: collecting its checks ended the process that grades; "
            "see `glovebox doctor`."
        )

    def _submit(self, job: GradeJob) -> Started:
        return Started(job, *self._call(_grade, job))

    def _call(self, function: Callable[[Work], Done], work: Work) -> tuple[Call[Done], Pool]:
        if self._pool is None:
            self._pool = Pool(self.jobs)
        return self._pool.submit(function, work), self._pool

    def _stop(self, at_once: bool) -> None:
        if self._pool is not None:
            self._pool.close(at_once)
            self._pool = None


def make_grader(jobs: int, scheduler: str = "") -> BaseGrader:
    """The workers of the Dask scheduler at this address; without one, a pool of this machine.

    Raises:
        UserError: Dask is not installed.
        NoWorkers: there is no scheduler, or it has no workers.
    """
    if not scheduler:
        return Grader(jobs)
    try:
        from glovebox.cluster import ClusterGrader
    except ModuleNotFoundError as error:
        if error.name not in ("dask", "distributed"):
            raise
        raise UserError("--scheduler needs Dask: `pip install 'glovebox[cluster]'`.") from None
    return ClusterGrader(scheduler)


def _grade(job: GradeJob) -> Graded:
    """What a worker does: grade, or die in the attempt, but never take for ever."""
    limits = job.limits
    most = ATTEMPTS * (limits.startup * (limits.restarts + 1) + limits.notebook) + _CHECKS_TIME
    # The signal ends the process even when a library hangs; a worker that died is replaced.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(math.ceil(most))
    try:
        return grade(job)
    except ChecksError:
        raise
    except Exception as error:  # whatever it is, it must not stop the class
        name = "" if isinstance(error, UserError) else f"{type(error).__name__}: "
        raise WorkerDied(f"{job.notebook}: grading it broke down: {name}{error}") from error
    finally:
        signal.alarm(0)
