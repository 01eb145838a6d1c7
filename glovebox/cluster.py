"""Grades on a Dask cluster, of one machine or many: https://distributed.dask.org.

Dask decides which worker does what, sends an assignment to the workers that lack it, and gives what
was lost with a worker to another one. Here jobs are packed, and given again to a scheduler that was
started anew and knows nothing of them. What the workers do is in :mod:`glovebox.clusterworker`;
only the caller writes marks, and takes one result for each job.

Dask's own executor is not used: a result that is on its way when the scheduler goes is lost in it,
and whoever waits for it waits for ever. Three threads meet here: the caller's; the one of Dask's
loop, in which everything is sent, so that nothing is while Dask takes leave of a lost scheduler;
and the one in which Dask says that something is done.
"""

from __future__ import annotations

import hashlib
import logging
import pickle
import time
import uuid
from collections.abc import Callable, Collection
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from functools import partial
from typing import Any

import distributed

from glovebox import clusterworker
from glovebox.assignment import AssignmentBundle
from glovebox.batch import BaseGrader, NoWorkers, Started, WorkerDied
from glovebox.clusterclient import connect
from glovebox.clusterlookout import Lookout, trouble_of
from glovebox.clusterworker import BEGUN, fingerprint
from glovebox.errors import UserError
from glovebox.grade import Graded, GradeJob
from glovebox.packing import pack

_PATIENCE = 60.0
"""Seconds in which a scheduler, and a first worker, must be there, at first or again."""
_TRIES = 5
"""How often a job is given to the cluster when it is lost there."""
_LOOK = 5.0
"""Seconds between two looks at who is there, while a result is waited for; and for an answer."""
_LOOKS = 2
"""After so many looks, work that no worker has begun is said to wait."""
_MOMENT = 0.2
_log = logging.getLogger(__name__)


class _Errand:
    """A job given to the cluster, and given again when it is lost there."""

    def __init__(self, function: Callable[[GradeJob], Any], job: GradeJob, only: str) -> None:
        self.future: Future[Any] = Future()
        self.function, self.notebook, self.only = function, job.notebook, only
        self.packed, self.apart = pack(job)
        self.name = f"glovebox-{job.notebook}-{uuid.uuid4().hex}"
        self.begun = False
        self.tries = 0

    def take_back(self) -> bool:
        """Whether its result is wanted no longer, as no worker had begun it."""
        # Dask is not told: this is called from the handler of a signal, which may have come while
        # Dask was at something. What is left is let go of when the connection is closed.
        return not self.begun and self.future.cancel()

    def settle(self, result: Any = None, error: Exception | None = None) -> None:
        """Give the result, or the error, to who waits for it, unless it was taken back."""
        if not self.future.set_running_or_notify_cancel():
            return
        if error is None:
            self.future.set_result(result)
        else:
            self.future.set_exception(error)


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
        self._stopped = False
        self._connect(_PATIENCE)
        try:
            self.jobs = len(self._workers())
        except NoWorkers:
            self._stop(at_once=True)
            raise

    def _connect(self, patience: float) -> None:
        self._client = connect(self._address, patience, _PATIENCE)
        self._loop: Any = self._client.loop
        self._lookout = Lookout(self._client, self._address)

    def start(self, job: GradeJob) -> Started:
        """Give a notebook to the scheduler."""
        return Started(job, self._give(clusterworker.grade, job), self)

    def finish(self, started: Started) -> Graded:
        """Wait for a notebook.

        Raises:
            ChecksError: the instructor's checks cannot be run.
            WorkerDied: the workers that graded it died, each of them.
            NoWorkers: the scheduler is gone, or has a worker that is not fit.
            KeyboardInterrupt: it was taken back.
        """
        self._wait([started.call.future])
        try:
            return started.call.future.result()
        except CancelledError:
            raise KeyboardInterrupt from None

    def rehearse(self, job: GradeJob) -> None:
        """Collect the checks and start a kernel on every worker: each may be another machine.

        A scheduler that was given up may have come back since.
        """
        if self._client.status == "closed" and not self._stopped:
            self._assignments.clear()
            self._connect(_LOOK)
        errands = [self._give(clusterworker.rehearse, job, only) for only in self._workers()]
        for errand in errands:
            self._wait([errand.future])
            errand.future.result()

    def _stop(self, at_once: bool) -> None:
        # What is still under way there is let go of: its results have no one to go to.
        self._stopped = True
        try:
            self._client.close()
        except TimeoutError:
            _log.warning("%s did not answer when it was left.", self._address)

    def _wait(self, futures: Collection[Future[Any]]) -> set[Future[Any]]:
        """Wait for one of these, and see meanwhile who is there: workers come and go.

        Raises:
            NoWorkers: the scheduler is gone, or has not answered for a minute.
        """
        answered, idle = time.monotonic(), 0
        while not (done := wait(futures, _LOOK, FIRST_COMPLETED).done):
            states = self._lookout.ask(_LOOK)
            if states is not None:
                answered = time.monotonic()
                self.jobs = max(len(states), 1)
            if self._gone() or time.monotonic() - answered > _PATIENCE:
                raise self._no_scheduler()
            # What was given a moment ago may still be on its way.
            idle = 0 if any(errand.begun for errand in list(self._errands.values())) else idle + 1
            self._lookout.tell(trouble_of(states, idle=idle > _LOOKS))
        return done

    def _workers(self) -> list[str]:
        """The addresses of the workers, of which there is at least one.

        Raises:
            NoWorkers: there is none within a minute, or no scheduler any more.
        """
        ends = time.monotonic() + _PATIENCE
        while not (states := self._lookout.ask(_LOOK)):
            if self._gone() or (states is None and time.monotonic() > ends):
                raise self._no_scheduler()
            if time.monotonic() > ends:
                raise NoWorkers(
                    f"{self._address}: the scheduler has no workers. Start some on machines where "
                    f"Glovebox is installed: `dask worker {self._address} --nthreads 1`."
                )
            self._lookout.tell(trouble_of(states))
            time.sleep(_MOMENT)
        self._lookout.tell("")
        return list(states)

    def _gone(self) -> bool:
        """Whether there is no connection any more, nor an attempt at one."""
        return self._stopped or self._client.status in ("closing", "closed")

    def _no_scheduler(self) -> NoWorkers:
        return NoWorkers(
            f"{self._address}: the Dask scheduler is gone, or answers no longer, and did not come "
            "back. What was graded is kept; start scheduler and workers, and run the command again "
            "to go on (`glovebox watch` does so by itself)."
        )

    def _give(self, function: Callable[[GradeJob], Any], job: GradeJob, only: str = "") -> _Errand:
        """Have a function called with a job, on that worker if it lives."""
        errand = _Errand(function, job, only)
        if self._gone():
            raise self._no_scheduler()
        self._loop.add_callback(self._send, errand)
        return errand

    # --- in the thread of Dask's loop -------------------------------------------------------------

    def _send(self, errand: _Errand) -> None:
        """Submit an errand; while Dask looks for the scheduler, that waits for the connection."""
        if self._gone():
            errand.settle(error=self._no_scheduler())
            return
        errand.begun = False
        errand.tries += 1
        self._errands[errand.name] = errand
        place = {"workers": [errand.only], "allow_other_workers": True} if errand.only else {}
        try:
            self._client.subscribe_topic(BEGUN, self._note_begun)
            made = self._client.submit(
                clusterworker.carry_out,
                errand.function,
                errand.packed,
                hashlib.sha256(errand.packed).hexdigest(),
                {digest: self._place(bundle) for digest, bundle in errand.apart.items()},
                fingerprint(errand.apart.values()),
                key=f"{errand.name}-{errand.tries}",
                pure=False,
                **place,
            )
            made.add_done_callback(partial(self._take_in, errand))
        except Exception as error:
            errand.settle(error=NoWorkers(f"{self._address}: Dask takes no work ({error})."))

    def _place(self, assignment: AssignmentBundle) -> Any:
        """An assignment on the cluster: a task that any worker can repeat if its result is lost."""
        known = self._assignments.get(assignment.sha256)
        if known is None or known.status in ("cancelled", "error"):
            content = pickle.dumps(assignment)
            digest = hashlib.sha256(content).hexdigest()
            key = f"glovebox-assignment-{uuid.uuid4().hex}"
            known = self._client.submit(clusterworker.keep, content, digest, key=key, pure=False)
            self._assignments[assignment.sha256] = known
        return known

    def _note_begun(self, event: tuple[float, str]) -> None:
        if errand := self._errands.get(str(event[1]).rpartition("-")[0]):
            errand.begun = True

    # --- in the thread in which Dask says that something is done ----------------------------------

    def _take_in(self, errand: _Errand, made: Any) -> None:
        """Settle an errand with what came of it, or send it again."""
        if made.status == "error":
            error = made.exception()
            # Dask also blames what only waited at a worker that died.
            if isinstance(error, distributed.KilledWorker) and not errand.begun:
                self._send_again(errand)
            else:
                errand.settle(error=_sentence(errand, error))
        elif made.status == "cancelled":
            self._send_again(errand)
        else:
            try:
                result = made.result(timeout=_PATIENCE)
            except Exception:  # who had it is gone
                self._send_again(errand)
            else:
                errand.settle(result)
        if errand.future.done():
            self._errands.pop(errand.name, None)

    def _send_again(self, errand: _Errand) -> None:
        if self._gone():
            errand.settle(error=self._no_scheduler())
        elif errand.tries >= _TRIES:
            said = f"the cluster lost it {_TRIES} times over."
            errand.settle(error=WorkerDied(f"{errand.notebook}: {said}"))
        else:
            self._loop.add_callback(self._send, errand)


def _sentence(errand: _Errand, error: Exception) -> UserError:
    """What a worker raised, without the long account of where."""
    if isinstance(error, UserError):
        error.__cause__ = None
        return error.with_traceback(None)
    if isinstance(error, distributed.KilledWorker):
        said = "the workers that graded it died, one after the other; see `glovebox doctor`."
    else:
        first = next(iter(str(error).splitlines()), "")
        said = f"the cluster could not grade it: {type(error).__name__}: {first}"
    return WorkerDied(f"{errand.notebook}: {said}")
