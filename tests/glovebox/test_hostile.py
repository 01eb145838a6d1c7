"""Hostile specimens: their marks, and that nothing else in the world has changed or come out."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import importlib
import json
import os
import secrets
import shutil
import site
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from glovebox.assignment import AssignmentBundle, list_assignments
from glovebox.channel import Channel
from glovebox.config import prepare_data
from glovebox.fonts import font_lists
from glovebox.grade import GradeJob, grade
from glovebox.limits import Limits
from glovebox.sandbox import launch
from glovebox.session import Session
from glovebox.specimens import Specimen, load_specimens, reference
from tests.glovebox import sampling

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = {one.name: one for one in load_specimens(ROOT) if one.kind == "hostile"}
POISON = {16, 22}
"""Attacks that aim at the notebooks graded after theirs."""
# What other tests put there and take away again while these run.
PASSING = ("glovebox_doubt_", ".pyc", "small")

pytestmark = pytest.mark.slow


class World:
    """What surrounds a submission while it is graded: a course, a home, an installation.

    A canary is planted in everything that a submission must not read.
    """

    def __init__(self, folder: Path) -> None:
        self.canary = f"CANARY-{secrets.token_hex(12)}"
        self.course, self.home = folder / "course", folder / "home"
        self._released: dict[str, AssignmentBundle] = {}
        self._planted: dict[str, AssignmentBundle] = {}
        for assignment in list_assignments(ROOT):
            prepare_data(ROOT, assignment)
            self._plant(assignment)
        peer = self.course / "submitted" / "peer" / "tokenizer" / "tokenizer.ipynb"
        self._write(peer, f'{{"cells": [], "metadata": {{"answer": "{self.canary}"}}}}')
        self._write(self.course / "autograded/peer/tokenizer/tokenizer.verdict.json", self.canary)
        for name in (".netrc", ".ssh/id_rsa", ".ipython/profile_default/startup/own.py"):
            self._write(self.home / name, f"# {self.canary}\n")
        with contextlib.closing(sqlite3.connect(self.course / "gradebook.db")) as gradebook:
            gradebook.execute("CREATE TABLE grade (student TEXT, score REAL)")
            gradebook.execute("INSERT INTO grade VALUES (?, 1)", (self.canary,))
            gradebook.commit()

    def job(self, specimen: Specimen) -> GradeJob:
        """The grading of a specimen by an instructor whose files have canaries in them."""
        handed_in = specimen.submission(self._released[specimen.assignment].source)
        bundle = self._planted[specimen.assignment]
        return GradeJob(bundle.notebook, handed_in, (), bundle, limits=specimen.limits)

    def state(self) -> dict[str, str]:
        """What each file around is: by content where strangers' things lie, elsewhere by status."""
        found = {}
        for folder in (self.course, self.home):
            for path in folder.rglob("*"):
                content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
                found[str(path)] = f"{path.lstat().st_mode} {content}"
        ours = [ROOT / name for name in ("glovebox", "course", "tests", "source", "release")]
        for folder in (*ours, Path(site.getsitepackages()[0])):
            found |= {entry.path: _status(entry) for entry in _files(folder)}
        return found

    def _plant(self, assignment: str) -> None:
        """Copy an assignment with canaries among the solutions and in the hidden checks."""
        bundle = AssignmentBundle.load(ROOT, assignment, assignment)
        mark = b"### BEGIN SOLUTION"
        assert mark in bundle.source
        source = bundle.source.replace(mark, mark + b"\\n    # " + self.canary.encode())
        checks = {name: self._marked(name, content) for name, content in bundle.checks.items()}
        self._released[assignment] = bundle
        self._planted[assignment] = dataclasses.replace(bundle, source=source, checks=checks)
        for name, content in checks.items():
            self._write(self.course / "tests" / "hidden" / name, content.decode())
        self._write(self.course / "source" / assignment / f"{assignment}.ipynb", source.decode())
        shutil.copy(ROOT / "nbgrader_config.py", self.course)

    def _marked(self, name: str, content: bytes) -> bytes:
        """A file of the hidden checks with a canary in it, as good as before."""
        if name.endswith(".json"):
            return json.dumps({**json.loads(content), "canary": self.canary}).encode()
        return content + f"\n_CANARY = {self.canary!r}\n".encode()

    def _write(self, path: Path, content: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def _files(folder: Path) -> Iterator[os.DirEntry[str]]:
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path))
        elif not any(part in entry.name for part in PASSING):
            yield entry


def _status(entry: os.DirEntry[str]) -> str:
    with contextlib.suppress(FileNotFoundError):
        status = entry.stat(follow_symlinks=False)
        return f"{status.st_mode} {status.st_uid} {status.st_size} {status.st_mtime_ns}"
    return ""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    world = World(tmp_path_factory.mktemp("world"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(world.home))
        patch.setenv("GLOVEBOX_TOKEN", world.canary)
        # What the grader's own libraries leave in a home is not the submission's doing.
        importlib.import_module("keras")
        font_lists()
        # The zygote has to be one that was started in this world.
        launch._nursery(launch.PRELOADED).close()
        yield world
    launch._nursery(launch.PRELOADED).close()


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Every byte that kernels send."""
    heard: list[bytes] = []
    receive = Channel.receive

    def listen(self: Channel) -> list[list[bytes] | None]:
        messages = receive(self)
        heard.extend(part for message in messages for part in message or ())
        return messages

    monkeypatch.setattr(Channel, "receive", listen)
    return heard


@pytest.fixture(scope="session")
def tiny(
    tiny_bundle: Callable[..., AssignmentBundle], submission: Callable[..., bytes]
) -> GradeJob:
    """The next student's: a small notebook with everything right."""
    return GradeJob("tiny", submission(), (), tiny_bundle())


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    """Paths that came, went or are not what they were."""
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def running() -> set[psutil.Process]:
    """What this process has started and still runs, such as the workers of other tests."""
    return set(psutil.Process().children(recursive=True))


def left_running(before: set[psutil.Process], patience: float = 10) -> set[psutil.Process]:
    """What was started since and still runs after a while, the zygotes aside."""
    zygotes = {
        nursery._zygote.pid
        for modules in (launch.PRELOADED, ())
        if (nursery := launch._nursery(modules))._zygote is not None
    }
    end = time.monotonic() + patience
    while True:
        left = {process for process in running() - before if process.pid not in zygotes}
        if not left or time.monotonic() > end:
            return left
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("assignment", "number"), sampling.places(sampling.ATTACKS, HOSTILE.values())
)
def test_hostile_specimen(
    assignment: str,
    number: int,
    lot: Callable[[list[str]], list[str]],
    world: World,
    heard: list[bytes],
    tiny: GradeJob,
) -> None:
    names = [name for name, one in HOSTILE.items() if one.assignment == assignment]
    specimen = HOSTILE[lot(names)[number]]
    before, bystanders = world.state(), running()
    graded = grade(world.job(specimen))
    # The test's own name does not tell which one was drawn.
    which = f"{specimen.name}, seed {graded.verdict.seed}"
    assert specimen.judge(graded.verdict) == [], which
    assert graded.verdict.confined, which

    came_out = [*heard, graded.notebook, graded.verdict.to_json().encode()]
    assert not any(world.canary.encode() in part for part in came_out), which
    assert changed(before, world.state()) == set(), which
    assert left_running(bystanders) == set(), which

    # The quickest notebook there is, but where poison is tried the very same one.
    following = world.job(reference(specimen.assignment)) if POISON & set(specimen.items) else tiny
    next_one = grade(following).verdict
    assert next_one.points == next_one.max_points, f"after {which}, seed {next_one.seed}"
    assert next_one.oddities == (), f"after {which}"


def test_what_is_looked_for_would_be_found(world: World, heard: list[bytes]) -> None:
    """A kernel without a box reads and writes it all, and leaves a process running."""
    spying = f"""
import subprocess, sys
from pathlib import Path
course, home = Path({str(world.course)!r}), Path({str(world.home)!r})
for path in [*course.rglob("*"), *home.rglob("*")]:
    print(path.read_bytes() if path.is_file() else "")
(home / ".ipython" / "profile_default" / "startup" / "own.py").write_text("1 / 0")
(course / "source" / "tokenizer" / "numpy.py").touch()
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
"""
    before, bystanders = world.state(), running()
    session = Session(Limits(), {}, sandbox=False)
    try:
        session.start()
        session.execute(spying, 60)
        assert len(left_running(bystanders, 0)) >= 2
    finally:
        session.kill()
    assert b"".join(heard).count(world.canary.encode()) >= len(list_assignments(ROOT)) + 6
    names = {Path(path).name for path in changed(before, world.state())}
    assert names == {"own.py", "numpy.py"}
    (world.course / "source" / "tokenizer" / "numpy.py").unlink()
