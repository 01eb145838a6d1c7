"""Grading what arrives: soon, once, not too often for anyone, and none forgotten by a restart."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from glovebox import watch as watch_module
from glovebox.autograde import AutogradeResult
from glovebox.batch import BaseGrader
from glovebox.errors import UserError
from glovebox.pacing import Pace
from glovebox.verdict import NotebookVerdict
from glovebox.watch import Watch

REPO = Path(__file__).parents[2]
NOBODY = cast(BaseGrader, type("Grader", (), {"jobs": 2}))
PATIENCE = 120.0

pytestmark = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::sqlalchemy.exc.SAWarning"
)


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory, tiny_source: bytes) -> Path:
    """A course in which the tiny assignment was generated, and its exchange beside it."""
    root = tmp_path_factory.mktemp("template") / "course"
    (root / "source/tiny").mkdir(parents=True)
    (root / "source/tiny/tiny.ipynb").write_bytes(tiny_source)
    (root / "tests/hidden").mkdir(parents=True)
    (root / "tests/hidden/test_tiny.py").write_text(
        "import pytest\n"
        "from glovebox import expect\n"
        '@pytest.mark.grade_cell("test-double")\n'
        "@pytest.mark.points(2)\n"
        "def test_two(student):\n"
        '    """Twice."""\n'
        '    expect(student.double(2) == 4, "Twice two is four.")\n'
    )
    shutil.copy(REPO / "nbgrader_config.py", root)
    (root.parent / "exchange/word_embeddings/inbound").mkdir(parents=True)
    (root.parent / "exchange/word_embeddings/feedback").mkdir()
    result = NbGraderAPI(config=config_of(root)).generate_assignment("tiny")
    assert result["success"], result
    return root.parent


def config_of(root: Path) -> Config:
    config: Config = PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
    config.Exchange.root = str(root.parent / "exchange")
    return config


@pytest.fixture
def course(generated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(generated, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("GLOVEBOX_EXCHANGE", str(tmp_path / "exchange"))
    return tmp_path / "course"


@pytest.fixture
def hand_in(course: Path, handed_in: Any) -> Callable[..., Path]:
    def put(student: str, extra: str = "") -> Path:
        folder = course / "submitted" / student / "tiny"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "tiny.ipynb").write_text(json.dumps(handed_in) + extra)
        return folder

    return put


class Desk:
    """A watch whose gradings are only noted; whoever was graded is no longer due."""

    def __init__(self, course: Path, monkeypatch: pytest.MonkeyPatch, **limits: Any) -> None:
        self.graded: list[list[str]] = []
        self.said: list[str] = []
        self.problems: dict[str, str] = {}
        self._due: dict[str, int] = {}
        settings = {"cool_down": 0.0, "per_hour": 100, **limits}
        self.watch = Watch(
            course, ["tiny"], NOBODY, Pace(course / "state", **settings), every=0.01,
            say=self.said.append,
        )  # fmt: skip
        monkeypatch.setattr(watch_module, "autograde", self._autograde)
        monkeypatch.setattr(watch_module, "is_due", self._is_due)

    def rounds(self, number: int = 2) -> list[list[str]]:
        """Who was graded in some rounds."""
        before = len(self.graded)
        for _ in range(number):
            self.watch.round()
        return self.graded[before:]

    def _is_due(self, course: Any, folder: Any, *_: Any) -> bool:
        changed = (Path(folder.path) / "tiny.ipynb").stat().st_mtime_ns
        return self._due.get(folder.student) != changed

    def _autograde(self, root: Path, assignment: str, **options: Any) -> AutogradeResult:
        self.graded.append(options["students"])
        for student in options["students"]:
            if student in self.problems:
                continue
            path = root / "submitted" / student / "tiny/tiny.ipynb"
            self._due[student] = path.stat().st_mtime_ns
            options["on_graded"](student, NotebookVerdict("tiny"), False)
        return AutogradeResult(problems=list(self.problems.values()))


@pytest.fixture
def desk(course: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Desk]:
    return lambda **limits: Desk(course, monkeypatch, **limits)


def test_what_arrives_is_graded_once_it_has_come_to_rest(
    desk: Callable[..., Desk], hand_in: Callable[..., Path]
) -> None:
    watching = desk()
    hand_in("ann")
    assert watching.rounds(1) == []
    hand_in("ann", " ")  # it was still being copied
    assert watching.rounds(1) == []
    assert watching.rounds(1) == [["ann"]]
    assert watching.rounds(3) == []
    hand_in("ann", "  ")
    hand_in("bob")
    assert watching.rounds(3) == [["ann", "bob"]]


def test_no_more_is_taken_than_can_soon_be_begun(
    desk: Callable[..., Desk], hand_in: Callable[..., Path]
) -> None:
    watching = desk()
    for number in range(6):
        hand_in(f"student-{number}")
    watching.rounds(1)
    assert watching.watch.round()
    assert not watching.watch.round()
    assert [len(batch) for batch in watching.graded] == [4, 2]


def test_who_was_there_first_is_graded_first(
    desk: Callable[..., Desk], hand_in: Callable[..., Path]
) -> None:
    watching = desk()
    for name in ("f", "e", "d", "c"):
        hand_in(name)
    watching.rounds(2)
    hand_in("b")
    watching.problems = {"b": "b: it broke down"}
    assert watching.rounds(2) == [["b"]]
    for name in ("a", "c", "d", "e", "f"):
        hand_in(name, " ")
    assert watching.rounds(1) == []
    # What broke down is tried again, but not at once, and keeps nobody waiting.
    assert watching.rounds(2) == [["a", "c", "d", "e"], ["f"]]
    assert watching.said == ["b: it broke down"]


def test_who_hands_in_too_often_waits_and_is_told_of(
    desk: Callable[..., Desk], hand_in: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    watching = desk(cool_down=1000.0)
    hand_in("ann")
    watching.rounds(2)
    hand_in("ann", " ")
    hand_in("bob")
    assert watching.rounds(3) == [["bob"]]
    assert len(watching.said) == 1
    assert watching.said[0].startswith("ann/tiny has arrived and waits until ")
    # So it is after a restart; and then its time has come.
    again = desk(cool_down=1000.0)
    again._due = watching._due
    assert again.rounds(3) == []
    now = time.time
    monkeypatch.setattr(watch_module.time, "time", lambda: now() + 1001)
    assert again.rounds(1) == [["ann"]]


def test_what_is_out_of_order_is_said_once_and_tried_again(
    desk: Callable[..., Desk], hand_in: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    watching = desk()
    hand_in("ann")
    tries = iter([UserError("locked"), UserError("locked"), OSError(28, "full"), None])
    pauses: list[float] = []
    finish = watching.watch._due

    def due(*arguments: Any) -> Any:
        problem = next(tries, None)
        if problem is not None:
            raise problem
        found = finish(*arguments)
        if watching.graded:
            watching.watch.stop()
        return found

    monkeypatch.setattr(watching.watch, "_due", due)
    monkeypatch.setattr(watching.watch._stopped, "wait", pauses.append)
    watching.watch.run()
    assert watching.said == ["locked", "[Errno 28] full"]
    assert watching.graded == [["ann"]]
    assert pauses[:4] == [0.02, 0.04, 0.08, 0.01]


def test_a_submission_that_cannot_be_read_is_graded_too(
    desk: Callable[..., Desk], hand_in: Callable[..., Path], tmp_path: Path
) -> None:
    watching = desk()
    (tmp_path / "elsewhere/tiny").mkdir(parents=True)
    (tmp_path / "elsewhere/tiny/tiny.ipynb").write_text("{}")
    hand_in("ann")
    (tmp_path / "course/submitted/eve").mkdir()
    (tmp_path / "course/submitted/eve/tiny").symlink_to(tmp_path / "elsewhere/tiny")
    assert watching.rounds(2) == [["ann", "eve"]]


def test_the_exchange_is_collected(
    course: Path, desk: Callable[..., Desk], hand_in: Callable[..., Path]
) -> None:
    watching = desk()
    folder = hand_in("ann")
    (folder / "timestamp.txt").write_text("2026-01-01 10:00:00.0 UTC")
    inbound = course.parent / "exchange/word_embeddings/inbound"
    folder.rename(inbound / "ann+tiny+2026-01-01 10:00:00.0 UTC+random")
    assert watching.rounds(4) == [["ann"]]
    assert (course / "submitted/ann/tiny/tiny.ipynb").exists()


class Watching:
    """`glovebox watch tiny`, a process of its own."""

    def __init__(self, course: Path, *options: str) -> None:
        self._log = (course.parent / f"log-{time.monotonic_ns()}").open("w+")
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "glovebox", "watch", "tiny", "--every", "0.2"),
                *("--jobs", "1", *options),
            ],
            cwd=course,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    @property
    def said(self) -> str:
        self._log.seek(0)
        return self._log.read()

    def wait_for(self, happened: Callable[[], Any]) -> None:
        end = time.monotonic() + PATIENCE
        while not happened():
            assert self.process.poll() is None, self.said
            assert time.monotonic() < end, self.said
            time.sleep(0.1)

    def end(self, number: int) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait(PATIENCE)
        self._log.close()
        return code


@pytest.fixture
def start(course: Path) -> Iterator[Callable[..., Watching]]:
    started: list[Watching] = []

    def make(*options: str) -> Watching:
        started.append(Watching(course, *options))
        return started[-1]

    yield make
    for one in started:
        one.end(signal.SIGKILL)


@pytest.mark.slow
def test_a_watch_and_its_restart(
    course: Path, hand_in: Callable[..., Path], start: Callable[..., Watching]
) -> None:
    hand_in("ann")
    watching = start("--feedback", "--cool-down", "3")
    watching.wait_for(lambda: "ann/tiny: 2 of 2" in watching.said)
    page = course / "feedback/ann/tiny/tiny.html"
    watching.wait_for(page.exists)
    hand_in("bob", "\n")
    watching.wait_for(lambda: "bob/tiny: 2 of 2" in watching.said)
    hand_in("bob", "{")
    watching.wait_for(lambda: "bob/tiny has arrived and waits" in watching.said)
    watching.wait_for(lambda: "bob/tiny: 0 of 2" in watching.said)
    assert watching.end(signal.SIGKILL) == -signal.SIGKILL
    hand_in("carol")
    page.unlink()  # as if it had been killed between the marks and the feedback
    again = start("--feedback", "--json")
    again.wait_for(lambda: '"student": "carol"' in again.said)
    again.wait_for(page.exists)
    said = again.said
    assert again.end(signal.SIGTERM) == 0
    assert '"student": "ann"' not in said
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "word_embeddings") as gradebook:
        scores = {one.student.id: one.score for one in gradebook.assignment_submissions("tiny")}
    assert scores == {"ann": 2, "bob": 0, "carol": 2}
