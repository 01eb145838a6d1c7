"""Grades many notebooks in worker processes; only the caller writes anything."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Self, TypeVar

from glovebox.checks import ChecksError
from glovebox.grade import Graded, GradeJob, grade

Key = TypeVar("Key")

# Marks must not depend on how many notebooks are graded at a time, so a worker computes on one
# thread; and TensorFlow's chatter has no reader there.
_WORKER_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "CUDA_VISIBLE_DEVICES": "-1",
}


class WorkerDied(Exception):
    """Two workers in a row died over one notebook; nothing is known of it."""


class Grader:
    """A pool of ``jobs`` trusted processes, started when first needed."""

    def __init__(self, jobs: int = 1) -> None:
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop(wait_for_running=error is None)

    def grade(self, job: GradeJob) -> Graded:
        """Grade one notebook in a worker.

        Raises:
            ChecksError: the instructor's checks cannot be run.
            WorkerDied: the worker died, and so did the one that tried again.
        """
        for _ in range(2):
            try:
                return self._submit(job).result()
            except BrokenProcessPool:
                self._stop(wait_for_running=False)
        raise WorkerDied(
            f"{job.notebook}: the worker that graded it died twice; see `glovebox doctor`."
        )

    def grade_all(
        self, jobs: Iterable[tuple[Key, GradeJob]]
    ) -> Iterator[tuple[Key, Graded | ChecksError | WorkerDied]]:
        """Grade many notebooks, yielding each as it is done; failures come as values.

        No more jobs are drawn from the iterable than workers can soon take, so memory does not
        grow with the class.
        """
        source = iter(jobs)
        running: dict[Future[Graded], tuple[Key, GradeJob]] = {}
        exhausted = False
        while running or not exhausted:
            while not exhausted and len(running) < self._jobs + 1:
                try:
                    key, job = next(source)
                except StopIteration:
                    exhausted = True
                else:
                    running[self._submit(job)] = (key, job)
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            retry: list[tuple[Key, GradeJob]] = []
            for future in done:
                key, job = running.pop(future)
                try:
                    yield key, future.result()
                except ChecksError as error:
                    yield key, error
                except BrokenProcessPool:
                    retry.append((key, job))
            if retry:
                # One dead worker breaks the whole pool: everything under way is tried once more,
                # one by one, so that the guilty notebook takes no other with it.
                retry += running.values()
                running.clear()
                self._stop(wait_for_running=False)
                for key, job in retry:
                    try:
                        yield key, self.grade(job)
                    except (ChecksError, WorkerDied) as error:
                        yield key, error

    def _submit(self, job: GradeJob) -> Future[Graded]:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._jobs, mp_context=context)
        # Workers are spawned by submit and take over the environment of that moment.
        before = {name: os.environ.get(name) for name in _WORKER_ENVIRONMENT}
        os.environ.update(_WORKER_ENVIRONMENT)
        try:
            return self._pool.submit(grade, job)
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value

    def _stop(self, wait_for_running: bool) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=wait_for_running, cancel_futures=True)
            self._pool = None
