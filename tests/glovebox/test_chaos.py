"""A class graded on Dask while its workers are killed: the gradebook is that of a quiet run.

``GLOVEBOX_CHAOS`` says how many submissions are graded (``make chaos``: 100), ``GLOVEBOX_FAULTS``
repeats a failed run: it is the seed that the run printed.
"""

from __future__ import annotations

import contextlib
import os
import random
import secrets
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.glovebox.classroom import Course, Run, variants
from tests.glovebox.clusters import Cluster

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),
]

_SEED = int(os.environ.get("GLOVEBOX_FAULTS") or secrets.randbits(32))
_SUBMISSIONS = int(os.environ.get("GLOVEBOX_CHAOS") or 10)
_PAUSE = (4.0, 14.0)
"""Seconds between two kills, at most."""
_GRADED = (3, 8)
"""Submissions graded between two kills, at most: whichever comes first."""
_SCHEDULER = 0.05
"""How often a kill is the scheduler's."""
_RUNS = 4
"""After so many runs all must be graded; one that nothing befalls grades what is left."""


class Disturbed:
    """A cluster of two workers, of which a random process is killed, and soon replaced."""

    def __init__(self, cluster: Cluster, chance: random.Random) -> None:
        self._cluster, self._chance = cluster, chance
        self.killed: Counter[str] = Counter()
        self._scheduler = cluster.start_scheduler()
        self._workers = [cluster.start_worker(), cluster.start_worker()]

    def kill_one(self) -> None:
        """Kill the scheduler, or something on the side of the workers."""
        if self._chance.random() < _SCHEDULER:
            self._scheduler.kill()
            self._scheduler.wait()
            self.killed["scheduler"] += 1
            self._scheduler = self._cluster.start_scheduler()
            return
        with contextlib.suppress(psutil.Error):
            top = psutil.Process(self._chance.choice(self._workers).pid)
            victim = self._chance.choice([top, *top.children(recursive=True)])
            kind = _kind(victim)
            victim.kill()
            self.killed[kind] += 1

    def next_kill(self, graded: int) -> Callable[[int], bool]:
        """Whether it is time for the next kill, by the clock and by how many are graded."""
        late = time.monotonic() + self._chance.uniform(*_PAUSE)
        enough = graded + self._chance.randint(*_GRADED)
        return lambda graded: graded >= enough or time.monotonic() > late

    def mend(self) -> None:
        """Start again what has ended, as a service manager does."""
        self._workers = [
            one if one.poll() is None else self._cluster.start_worker() for one in self._workers
        ]


def _kind(process: psutil.Process) -> str:
    words = {
        "dask worker": "dask",
        "glovebox.sandbox.zygote": "zygote",
        "multiprocessing": "process of a worker",
    }
    command = " ".join(process.cmdline())
    return next((kind for word, kind in words.items() if word in command), "kernel or keeper")


@pytest.fixture
def place() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="c") as folder:
        yield Path(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def db_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty PostgreSQL database, or none for a file."""
    if request.param == "sqlite":
        yield ""
        return
    postgres = request.getfixturevalue("postgres")
    yield postgres.create("chaos")
    postgres.drop("chaos")


def grade_quietly(course: Course) -> None:
    code, said, printed = Run(course).wait()
    assert (code, printed.get("problems")) == (0, []), said


def graded(course: Course) -> int:
    """How many submissions are graded, and written down as such."""
    return len(list((course.root / "autograded").glob("*/tiny/*.ipynb")))


def test_the_gradebook_is_that_of_an_undisturbed_run(
    place: Path,
    db_url: str,
    generated_course: Path,
    submission: Callable[..., bytes],
) -> None:
    print(f"GLOVEBOX_FAULTS={_SEED}")
    chance = random.Random(_SEED)
    students = [f"student-{number:03}" for number in range(_SUBMISSIONS)]
    choice = variants(submission)
    (place / "temporary").mkdir()

    def make(name: str, url: str) -> Course:
        (place / name).mkdir()
        return Course(
            generated_course, place / name, place / "temporary", choice, random.Random(_SEED),
            students, url,
        )  # fmt: skip

    quiet, disturbed = make("quiet", ""), make("disturbed", db_url)
    grade_quietly(quiet)
    cluster = Cluster(place)
    chaos = Disturbed(cluster, chance)
    try:
        for number in range(_RUNS):
            run = Run(disturbed, options=("--scheduler", cluster.address))
            due = chaos.next_kill(graded(disturbed))
            while not run.over:
                time.sleep(0.2)
                chaos.mend()
                if number < _RUNS - 1 and due(graded(disturbed)):
                    chaos.kill_one()
                    due = chaos.next_kill(graded(disturbed))
            code, said, printed = run.wait()
            print(f"run {number}: exit code {code}, killed {dict(chaos.killed)}\n{said}")
            if code == 0 and not printed["problems"]:
                break
    finally:
        cluster.end()
    assert code == 0, said
    assert sum(chaos.killed.values()) >= _SUBMISSIONS / 10
    assert disturbed.rows() == quiet.rows()
    disturbed.check_the_end()
