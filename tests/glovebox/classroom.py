"""A class whose right marks are known, and runs of `glovebox autograde` on it."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import psutil
from sqlalchemy import create_engine, text

from glovebox.coursefolder import is_finished
from glovebox.demo import nbgrader

STUDENTS = [f"student-{number:02}" for number in range(1, 13)]
PATIENCE = 300.0
"""Seconds after which something that must happen is taken to have failed."""
_SECONDS_LOCKED = 3
"""SQLite's time-out in these courses."""

Rows = tuple[tuple[str, float | None, bool], ...]
"""Per cell, by name: points of the autograder, and whether a person must look."""


class Variant(NamedTuple):
    """Something to hand in, and the gradebook's entries that are right for it."""

    content: bytes | None
    rows: Rows


def variants(submit: Callable[..., bytes]) -> list[Variant]:
    """Submissions that all earn something else, or lose it in another way."""

    def rows(
        double: float, mean: float, explain: float | None = None, doubt: str = "explain"
    ) -> Rows:
        marks = {"explain": explain, "test-double": double, "test-mean": mean}
        return tuple((cell, points, cell in doubt) for cell, points in marks.items())

    everything = "explain test-double test-mean"
    dying = "import os\ndef double(x):\n    os._exit(1)"
    ints = "def double(x):\n    return 2 * x if isinstance(x, int) else x"
    return [
        Variant(submit(), rows(2, 3)),
        Variant(submit(double="def double(x):\n    return x"), rows(0, 3)),
        Variant(submit(double=ints), rows(1.5, 3)),
        Variant(submit(mean="def mean(values):\n    return 7"), rows(2, 0)),
        Variant(submit(double="def double(:", mean=""), rows(0, 0)),
        Variant(b"{", rows(0, 0, 0, everything)),
        Variant(None, rows(0, 0, 0, everything)),
        Variant(submit(double=dying), rows(0, 3, None, "explain test-double")),
        Variant(submit(explain="YOUR ANSWER HERE"), rows(2, 3, 0, "")),
        Variant(submit(double=ints, mean="def mean(values):\n    return 7"), rows(1.5, 0)),
    ]


class Run:
    """One `glovebox autograde tiny`, in a process group of its own.

    Args:
        course: the course that is graded.
        program: what is run in place of the command, with the command's arguments.
        options: more of these.
    """

    def __init__(self, course: Course, *program: str, options: Sequence[str] = ()) -> None:
        self.disturbed: Counter[int] = Counter()
        """How often each worker lost its kernel or its zygote to us."""
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 (closed by wait)
        self._printed = tempfile.TemporaryFile()  # noqa: SIM115
        self._seen: set[psutil.Process] = set()
        arguments = ["autograde", "tiny", "--jobs", "2", "--json", *options]
        self.process = subprocess.Popen(
            [sys.executable, *(program or ("-m", "glovebox")), *arguments],
            cwd=course.root,
            env=course.environment,
            stdin=subprocess.DEVNULL,
            stdout=self._printed,
            stderr=self._said,
            start_new_session=True,
        )

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.process.poll() is not None

    def family(self, kind: str) -> list[tuple[int, psutil.Process]]:
        """Its workers, their zygotes, or what is in these' boxes; with the worker's number each."""
        found = []
        with contextlib.suppress(psutil.Error):
            top = psutil.Process(self.process.pid)
            self._seen.update(top.children(recursive=True))
            for worker in _children(top, "--multiprocessing-fork"):
                zygotes = _children(worker, "glovebox.sandbox.zygote")
                boxed = [one for zygote in zygotes for one in zygote.children(recursive=True)]
                chosen = {"worker": [worker], "zygote": zygotes, "kernel": boxed}[kind]
                found += [(worker.pid, one) for one in chosen]
        return found

    def wait_until(self, happened: Callable[[], Any]) -> bool:
        """Wait for something; False if the run is over before."""
        end = time.monotonic() + PATIENCE
        while not happened():
            if self.over:
                return False
            assert time.monotonic() < end, "it did not happen"
            time.sleep(0.05)
        return not self.over

    def kill(self) -> None:
        """End it where it is, and with it all that it started."""
        self.family("worker")
        self.process.kill()

    def wait(self) -> tuple[int, str, dict[str, Any]]:
        """Its exit code, what it said and what it printed, once it and all of its are gone."""
        end = time.monotonic() + PATIENCE
        while not self.over:
            self.family("worker")
            assert time.monotonic() < end, "the command does not come to its end"
            time.sleep(0.05)
        self.process.wait()
        _, alive = psutil.wait_procs(self._seen, timeout=60)
        assert not alive, alive
        for file in (self._said, self._printed):
            file.seek(0)
        said, printed = self._said.read().decode(), self._printed.read().decode()
        self._said.close()
        self._printed.close()
        return self.process.returncode, said, json.loads(printed) if printed else {}


def _children(process: psutil.Process, word: str) -> list[psutil.Process]:
    found = []
    for child in process.children():
        with contextlib.suppress(psutil.Error):
            if word in child.cmdline():
                found.append(child)
    return found


class Course:
    """A course folder with a class, and what should be recorded of it.

    Args:
        generated: a course in which the tiny assignment was generated.
        folder: where it is copied to.
        temporary: the folder for temporary files, empty.
        choice: what students hand in.
        chance: decides who hands in what.
        students: who is in the class.
        db_url: the address of an empty database for the gradebook; a file's, if there is none.
    """

    def __init__(
        self,
        generated: Path,
        folder: Path,
        temporary: Path,
        choice: list[Variant],
        chance: random.Random,
        students: Sequence[str] = STUDENTS,
        db_url: str = "",
    ) -> None:
        self.root, self.home, self.temporary = folder / "course", folder / "home", temporary
        self.home.mkdir()
        shutil.copytree(generated, self.root)
        self._db_url = db_url or f"sqlite:///{self.root / 'gradebook.db'}?timeout={_SECONDS_LOCKED}"
        with (self.root / "nbgrader_config.py").open("a") as config:
            config.write(f"\nc.CourseDirectory.db_url = {self._db_url!r}\n")
        if db_url:
            nbgrader(self.root, "generate_assignment", "--force", "tiny")
        self.students = tuple(students)
        self._choice, self._chance = choice, chance
        self._handed_in: dict[str, list[Variant]] = {}
        self.changed: set[str] = set()
        """Who has handed in something else since this was last emptied."""
        for number, student in enumerate(students):
            self.hand_in(student, choice[number % len(choice)])
        self._around = {path.name for path in self.root.iterdir()} | {"autograded"}

    @property
    def environment(self) -> dict[str, str]:
        """A shell with a home and a folder for temporary files of its own."""
        return {
            "PATH": os.defpath,
            "LANG": "C.UTF-8",
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
        }

    def hand_in(self, student: str, variant: Variant | None = None) -> None:
        """Replace a submission in one step, by another one unless a certain one is given."""
        history = self._handed_in.setdefault(student, [])
        while variant is None:
            drawn = self._chance.choice(self._choice)
            variant = None if history and drawn is history[-1] else drawn
        folder = self.root / "submitted" / student / "tiny"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "tiny.ipynb"
        # Known before it is done: from then on it may be what is recorded.
        history.append(variant)
        self.changed.add(student)
        if variant.content is None:
            path.unlink(missing_ok=True)
        else:
            beside = self.home / "new"
            beside.write_bytes(variant.content)
            shutil.copy(beside, folder / "new.tmp")
            (folder / "new.tmp").replace(path)

    def verdict(self, student: str) -> Path:
        """Where a student's verdict is."""
        return self.root / "autograded" / student / "tiny" / "tiny.verdict.json"

    def rows(self) -> dict[str, Rows]:
        """The gradebook's entries of each student; twice what is there twice."""
        query = """
            SELECT submitted_assignment.student_id, base_cell.name, auto_score, needs_manual_grade
            FROM submitted_assignment
            JOIN submitted_notebook
              ON submitted_notebook.assignment_id = submitted_assignment.id
            JOIN grade ON grade.notebook_id = submitted_notebook.id
            JOIN base_cell ON base_cell.id = grade.cell_id
            ORDER BY 1, 2
        """
        found: dict[str, Rows] = {}
        engine = create_engine(self._db_url)
        with engine.connect() as db:
            for student, cell, points, doubt in db.execute(text(query)):
                found[student] = (*found.get(student, ()), (cell, points, bool(doubt)))
        engine.dispose()
        return found

    def complete(self) -> dict[str, int]:
        """Those of whom all is recorded that they handed in, with their verdicts' inodes.

        Makes sure that nobody's entries are other than those of something that they handed in.
        """
        rows, found = self.rows(), {}
        for student, history in self._handed_in.items():
            known = rows.get(student)
            assert known in (None, *(variant.rows for variant in history)), (student, known)
            verdict = self.verdict(student)
            if not is_finished(verdict.parent, "tiny"):
                continue
            recorded = json.loads(verdict.read_bytes())["submission_sha256"]
            (of,) = (one for one in {*history} if recorded == _sha256(one.content))
            if of is history[-1] and known == of.rows:
                found[student] = verdict.stat().st_ino
        return found

    def check_the_end(self) -> None:
        """All is as if nothing had happened."""
        assert self.rows() == {who: history[-1].rows for who, history in self._handed_in.items()}
        assert set(self.complete()) == set(self.students)
        names = {"submission_secret.txt", "timestamp.txt", "tiny.ipynb", "tiny.verdict.json"}
        graded = self.root / "autograded"
        files = {path for path in graded.rglob("*") if not path.is_dir()}
        assert files == {graded / who / "tiny" / name for who in self.students for name in names}
        assert {path.name for path in self.root.iterdir()} <= self._around | {"__pycache__"}
        assert list(self.temporary.iterdir()) == []


def _sha256(content: bytes | None) -> str:
    return hashlib.sha256(content or b"").hexdigest()
