"""Handing in and collecting through nbgrader's exchange, in which every student may write."""

from __future__ import annotations

import os
import pwd
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeFactory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from glovebox import exchange

REPO = Path(__file__).parents[2]
EARLY, LATE = "2026-01-01 10:00:00.000000 UTC", "2026-01-02 10:00:00.000000 UTC"

pytestmark = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::sqlalchemy.exc.SAWarning"
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course whose assignment "tiny" has a notebook and data; its exchange lies beside it."""
    root = tmp_path_factory.mktemp("template") / "course"
    (root / "source/tiny/more").mkdir(parents=True)
    (root / "source/tiny/tiny.ipynb").write_text("the solution")
    (root / "source/tiny/words.txt").write_text("data")
    (root / "source/tiny/more/words.txt").write_text("data")
    shutil.copy(REPO / "nbgrader_config.py", root)
    shutil.copytree(root / "source/tiny", root.parent / "exchange/word_embeddings/outbound/tiny")
    (root.parent / "exchange/word_embeddings/inbound").mkdir()
    config_of(root)  # which finds the program that makes a gradebook
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "word_embeddings"):
        return root.parent


@pytest.fixture
def course(template: Path, tmp_path: Path) -> Path:
    """A copy of one's own of the course, and of the exchange."""
    shutil.copytree(template, tmp_path, dirs_exist_ok=True)
    return tmp_path / "course"


def config_of(course: Path, **settings: Any) -> Config:
    config: Config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
    config.Exchange.root = str(course.parent / "exchange")
    config.Exchange.cache = str(course.parent / "cache")
    config.CourseDirectory.update(settings)
    return config


@pytest.fixture
def hand_in(course: Path) -> Callable[..., Path]:
    """Put a submission into the exchange by hand, as a student can."""

    def put(student: str, time: str = EARLY, content: str = "mine") -> Path:
        inbound = course.parent / "exchange/word_embeddings/inbound"
        folder = inbound / f"{student}+tiny+{time}+random"
        folder.mkdir()
        (folder / "tiny.ipynb").write_text(content)
        (folder / "timestamp.txt").write_text(time)
        (folder / "submission_secret.txt").write_text("secret")
        return folder

    return put


@pytest.fixture
def collect(course: Path) -> Callable[..., str]:
    """Collect everything as the formgrader does; what it said."""

    def run(**settings: Any) -> str:
        result = NbGraderAPI(config=config_of(course, **settings)).collect("tiny", update=True)
        assert result["success"], result
        return str(result["log"])

    return run


def collected(course: Path) -> dict[str, str]:
    """Content of all that was collected, by place."""
    folder = course / "submitted"
    files = (path for path in folder.rglob("*") if not path.is_dir())
    return {path.relative_to(folder).as_posix(): path.read_text() for path in files}


def notebooks(course: Path) -> dict[str, str]:
    return {
        place.split("/")[0]: content
        for place, content in collected(course).items()
        if place.endswith(".ipynb")
    }


def test_data_that_everybody_has_are_not_handed_in(course: Path, tmp_path: Path) -> None:
    desk = tmp_path / "desk" / "tiny"
    shutil.copytree(course / "source/tiny", desk)
    (desk / "mine.txt").write_text("mine")
    config = config_of(course, course_id="word_embeddings")
    coursedir = CourseDirectory(config=config)
    coursedir.assignment_id = "tiny"
    submit = ExchangeFactory(config=config).Submit(
        coursedir=coursedir, authenticator=Authenticator(config=config), config=config
    )
    submit.assignment_dir = str(desk.parent)
    ignored = list(coursedir.ignore)
    submit.start()
    (folder,) = (tmp_path / "exchange/word_embeddings/inbound").iterdir()
    names = {path.name for path in folder.rglob("*") if path.is_file()}
    assert names == {"tiny.ipynb", "mine.txt", "timestamp.txt", "submission_secret.txt"}
    assert coursedir.ignore == ignored


def test_a_submission_is_collected_without_data(
    course: Path, hand_in: Callable[..., Path], collect: Callable[..., str]
) -> None:
    folder = hand_in("ann")
    (folder / "words.txt").write_text("data")
    (folder / "more").mkdir()
    for name in ("words.txt", "mine.txt"):
        (folder / "more" / name).write_text("data")
    collect()
    assert collected(course) == {
        "ann/tiny/tiny.ipynb": "mine",
        "ann/tiny/timestamp.txt": EARLY,
        "ann/tiny/submission_secret.txt": "secret",
        "ann/tiny/more/mine.txt": "data",
    }
    assert {path.name for path in (course / "submitted/ann").iterdir()} == {"tiny"}


def test_a_newer_one_replaces_it_and_an_older_one_does_not(
    course: Path, hand_in: Callable[..., Path], collect: Callable[..., str]
) -> None:
    hand_in("ann", LATE, "late")
    collect()
    hand_in("ann", EARLY, "early")
    assert "No newer submission" in collect()
    assert notebooks(course) == {"ann": "late"}
    hand_in("ann", LATE.replace("2026", "2027"), "later")
    collect()
    assert notebooks(course) == {"ann": "later"}


def test_links_lead_nowhere(
    course: Path, hand_in: Callable[..., Path], collect: Callable[..., str]
) -> None:
    folder = hand_in("eve")
    (folder / "tiny.ipynb").unlink()
    (folder / "tiny.ipynb").symlink_to(course / "source/tiny/tiny.ipynb")
    (folder / "all").symlink_to(course / "source")
    whole = folder.with_name(f"mallory+tiny+{EARLY}+random")
    whole.symlink_to(course / "source/tiny")
    hand_in("ann")
    said = collect()
    assert notebooks(course) == {"ann": "mine"}
    assert "the solution" not in collected(course).values()
    assert "is no submission" in said


@pytest.mark.parametrize(
    "name",
    [
        "eve+tiny+whenever",
        "eve+tiny+",
        f"..+tiny+{EARLY}",
        f".+tiny+{EARLY}",
        f"+tiny+{EARLY}",
        f"*+tiny+{EARLY}",
        f"eve+tiny+9999999{EARLY}",
    ],
)
def test_a_name_that_is_none_stops_nobody(
    course: Path, hand_in: Callable[..., Path], collect: Callable[..., str], name: str
) -> None:
    hand_in("ann").parent.joinpath(name).mkdir()
    before = {path.name for path in course.iterdir()}
    said = collect()
    assert name.startswith(".") or "is no submission" in said  # hidden ones are not looked at
    assert notebooks(course) == {"ann": "mine"}
    assert {path.name for path in course.iterdir()} - before <= {"submitted", "__pycache__"}


def test_a_broken_time_stamp_stops_nobody(
    course: Path, hand_in: Callable[..., Path], collect: Callable[..., str]
) -> None:
    (hand_in("eve") / "timestamp.txt").write_bytes(b"\xff whenever")
    hand_in("ann")
    collect()
    hand_in("eve", LATE, "late")
    collect()
    assert notebooks(course) == {"ann": "mine", "eve": "late"}


def test_what_another_hands_in_replaces_nothing(
    course: Path, hand_in: Callable[..., Path], collect: Callable[..., str]
) -> None:
    me = pwd.getpwuid(os.getuid()).pw_name
    hand_in(me, EARLY, "mine")
    forged = hand_in(me, LATE, "forged")
    if os.getuid() == 0:
        os.chown(forged, 65534, 65534)
        collect()
        assert notebooks(course) == {me: "mine"}
    # Where one user hands in for everybody, the latest counts.
    hand_in("ann", EARLY, "mine")
    hand_in("ann", LATE, "mine, later")
    collect()
    assert notebooks(course)["ann"] == "mine, later"


def test_too_much_is_left_there_but_never_the_notebook(
    course: Path, hand_in: Callable[..., Path], collect: Callable[..., str]
) -> None:
    folder = hand_in("ann")
    (folder / "a-large-file").write_bytes(b"x" * 3000)
    os.mkfifo(folder / "pipe")
    said = collect(max_dir_size=2)
    assert notebooks(course) == {"ann": "mine"}
    assert '"a-large-file" is larger than' in said
    assert set(collected(course)) == {
        "ann/tiny/tiny.ipynb",
        "ann/tiny/timestamp.txt",
        "ann/tiny/submission_secret.txt",
    }


def test_a_collection_that_was_killed_leaves_nothing_half_copied(
    course: Path,
    hand_in: Callable[..., Path],
    collect: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hand_in("ann")

    def die(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(exchange, "remove_tree", lambda folder: None)
        patched.setattr(exchange.ExchangeCollect, "do_copy", die)
        assert not NbGraderAPI(config=config_of(course)).collect("tiny")["success"]
    assert (course / "submitted/ann/.tiny.part").exists()
    assert not (course / "submitted/ann/tiny").exists()
    collect()
    assert notebooks(course) == {"ann": "mine"}
    assert {path.name for path in (course / "submitted/ann").iterdir()} == {"tiny"}
