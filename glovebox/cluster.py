"""Grades on a Dask cluster, of one machine or many: https://distributed.dask.org.

Dask decides which worker does what, sends an assignment to the workers that lack it, and gives what
was lost with a worker to another one. Here jobs are packed, and given again to a scheduler that has
lost them because it was started anew. What the workers do is in :mod:`glovebox.clusterworker`; only
the caller writes marks, and it takes one result for each job, so none can be there twice.
"""

from __future__ import annotations

import hashlib
import logging
import pickle
import uuid
from collections.abc import Mapping
from concurrent.futures import CancelledError, Future
from typing import Any

from distributed import Client, KilledWorker

from glovebox import clusterworker
from glovebox.assignment import AssignmentBundle
from glovebox.batch import BaseGrader, NoWorkers, Started, WorkerDied
from glovebox.clusterworker import BEGUN, fingerprint
from glovebox.grade import Graded, GradeJob
from glovebox.packing import pack

_PATIENCE = 60
"""Seconds in which a scheduler, and a first worker, must be there, at first or again."""
_TRIES = 5
"""How often a job is given to schedulers that lose it."""
_LOOK = 30.0
"""Seconds between two looks at whether there are workers."""
_log = logging.getLogger(__name__)


class _Errand:
    """A job given to the cluster, and given again if a scheduler loses it."""

    def __init__(self, function: Any, job: GradeJob) -> None:
        self.future: Future[Any] = Future()
        self.function, self.job = function, job
        self.key = f"glovebox-{job.notebook}-{uuid.uuid4().hex}"
        self.begun = False
        self.tries = 0

    def take_back(self) -> bool:
        # Nothing is sent to the scheduler: this is called from the handler of a signal, which may
        # have come while Dask was at something. What is left undone is let go of at the end.
        return not self.begun and self.future.cancel()


class ClusterGrader(BaseGrader):
    """The workers of a Dask scheduler, each of which grades one notebook at a time.

    Args:
        scheduler: its address, such as ``tcp://10.0.0.1:8786``.

    Raises:
        NoWorkers: there is no scheduler, or it has no workers.
    """

    def __init__(self, scheduler: str) -> None:
        self._address = scheduler
        self._errands: dict[str, _Errand] = {}
        self._assignments: dict[str, Any] = {}
        self._fingerprint = fingerprint()
        self._waiting = False
        try:
            self._client = Client(scheduler, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            raise NoWorkers(
                f"{scheduler}: no Dask scheduler answers there ({error}). Start one with "
                "`dask scheduler`, which prints its address."
            ) from None
        self._executor = self._client.get_executor(pure=False)
        self._client.subscribe_topic(BEGUN, self._note_begun)
        try:
            self._client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError:
            self._client.close()
            raise NoWorkers(
                f"{scheduler}: the scheduler has no workers. Start some on machines where Glovebox "
                f"is installed: `dask worker {scheduler} --nthreads 1`."
            ) from None
        self.jobs = len(self._workers())

    def start(self, job: GradeJob) -> Started:
        """Give a notebook to the scheduler."""
        errand = self._give(clusterworker.grade, job)
        # Workers come and go.
        self.jobs = max(len(self._workers()), 1)
        return Started(job, errand, self)

    def finish(self, started: Started) -> Graded:
        """Wait for a notebook, and say so if there is nobody who could grade it.

        Raises:
            ChecksError: the instructor's checks cannot be run.
            WorkerDied: the workers that graded it died, each of them.
            NoWorkers: the scheduler is gone.
        """
        future = started.call.future
        while True:
            try:
                return future.result(_LOOK)
            except TimeoutError:
                if future.done():
                    raise
            if not (workers := self._workers()) and not self._waiting:
                _log.warning("%s has no workers left; waiting for some to come.", self._address)
            self._waiting = not workers

    def rehearse(self, job: GradeJob) -> None:
        """Collect the checks and start a kernel on every worker: each may be another machine."""
        errands = [self._give(clusterworker.rehearse, job, only=one) for one in self._workers()]
        for errand in errands:
            errand.future.result()

    def _stop(self, at_once: bool) -> None:
        # What is still under way there is let go of: its results have no one to go to.
        self._client.close()

    def _workers(self) -> Mapping[str, int]:
        """The threads of each worker, by its address."""
        try:
            workers: Mapping[str, int] = self._client.nthreads()
        except (OSError, ValueError, RuntimeError):  # the scheduler is gone, perhaps for a moment
            return {}
        return workers

    def _give(self, function: Any, job: GradeJob, only: str = "") -> _Errand:
        errand = _Errand(function, job)
        self._errands[errand.key] = errand
        self._send(errand, only)
        return errand

    def _send(self, errand: _Errand, only: str = "") -> None:
        packed, apart = pack(errand.job)
        place = {"workers": [only], "allow_other_workers": True} if only else {}
        errand.tries += 1
        made = self._executor.submit(
            clusterworker.carry_out,
            errand.function,
            packed,
            hashlib.sha256(packed).hexdigest(),
            {digest: self._place(assignment) for digest, assignment in apart.items()},
            self._fingerprint,
            key=f"{errand.key}-{errand.tries}",
            **place,
        )
        made.add_done_callback(lambda made: self._take_in(errand, made))

    def _place(self, assignment: AssignmentBundle) -> Any:
        """An assignment on the cluster: a task that any worker can repeat if its result is lost."""
        known = self._assignments.get(assignment.sha256)
        if known is None or known.status in ("cancelled", "lost", "error"):
            content = pickle.dumps(assignment)
            digest = hashlib.sha256(content).hexdigest()
            key = f"glovebox-assignment-{digest}"
            known = self._client.submit(clusterworker.keep, content, digest, key=key, pure=False)
            self._assignments[assignment.sha256] = known
        return known

    def _take_in(self, errand: _Errand, made: Future[Any]) -> None:
        """What came of an errand; called by Dask, in a thread of its own."""
        self._errands.pop(errand.key, None)
        if errand.future.done():  # taken back
            return
        try:
            result = made.result()
        except CancelledError:
            self._send_again(errand)
        except KilledWorker:
            said = "the workers that graded it died, one after the other; see `glovebox doctor`."
            errand.future.set_exception(WorkerDied(f"{errand.job.notebook}: {said}"))
        except Exception as error:
            errand.future.set_exception(error)
        else:
            errand.future.set_result(result)

    def _send_again(self, errand: _Errand) -> None:
        """Give an errand to a scheduler that is there again: Dask connects by itself, or gives up.

        What is sent in the meantime waits for the connection.
        """
        try:
            if errand.tries >= _TRIES:
                raise RuntimeError("too often")
            self._client.subscribe_topic(BEGUN, self._note_begun)
            self._errands[errand.key] = errand
            self._send(errand)
        except Exception:  # whatever Dask says of a client that was closed
            errand.future.set_exception(
                NoWorkers(
                    f"{self._address}: the Dask scheduler is gone and did not come back. What was "
                    "graded is kept; start it and run the command again to go on."
                )
            )

    def _note_begun(self, event: tuple[float, str]) -> None:
        key = str(event[1]).rpartition("-")[0]
        if key in self._errands:
            self._errands[key].begun = True
