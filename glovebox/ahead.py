"""Grades ahead of a caller that asks for one result after the other.

nbgrader converts its submissions one by one. While it writes one, the next ones are being graded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from glovebox.batch import BaseGrader, Started
from glovebox.grade import Graded, GradeJob

Key = TypeVar("Key")

_AHEAD = 8
"""Notebooks a worker that may be under way or waiting for a slow one before them to be written."""


class GradingAhead(Generic[Key]):
    """Keeps a grader's workers busy with what will be asked for next.

    Args:
        grader: the pool of workers.
        make_job: reads what is to be graded; called once for each key.
        plan: the keys in the order in which they will be asked for, as far as that is known.
        recall: the result of a job, where it is known without a worker.
    """

    def __init__(
        self,
        grader: BaseGrader,
        make_job: Callable[[Key], GradeJob],
        plan: Iterable[Key],
        recall: Callable[[Key, GradeJob], Graded | None],
    ) -> None:
        self.grader = grader
        self._make_job = make_job
        self._plan = list(plan)
        self._recall = recall
        self._jobs: dict[Key, GradeJob] = {}
        self._known: dict[Key, Graded] = {}
        self._started: dict[Key, Started] = {}
        self._stopped = False
        self._taken_back: set[Key] = set()

    def job(self, key: Key) -> GradeJob:
        """The job of a key, which is under way from now on, and so are those after it.

        Raises:
            KeyboardInterrupt: it is not, and it was to :meth:`stop`.
        """
        self._start(key)
        if key in self._plan:
            place = self._plan.index(key)
            for following in self._plan[place + 1 : place + 1 + _AHEAD * self.grader.jobs]:
                if not self._stopped:
                    self._start(following)
        return self._jobs[key]

    def result(self, key: Key) -> Graded:
        """Wait for the result of a key; raises as :meth:`job` and :meth:`BaseGrader.finish` do."""
        self._start(key)
        del self._jobs[key]
        if key in self._known:
            return self._known.pop(key)
        return self.grader.finish(self._started.pop(key))

    def stop(self) -> None:
        """Begin nothing more; what a worker is at can still be asked for."""
        self._stopped = True
        self._taken_back = {key for key, one in self._started.items() if one.call.take_back()}

    def _start(self, key: Key) -> None:
        if key in self._taken_back or (self._stopped and key not in self._jobs):
            raise KeyboardInterrupt
        if key in self._jobs:
            return
        job = self._make_job(key)
        known = self._recall(key, job)
        if known is None:
            self._started[key] = self.grader.start(job)
        else:
            self._known[key] = known
        self._jobs[key] = job
