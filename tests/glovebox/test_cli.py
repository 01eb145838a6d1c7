"""The ``glovebox`` command: what it prints, what it exits with, and what it makes of mistakes."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from click.testing import CliRunner, Result

from glovebox.cli import main
from glovebox.page import marks

REPO = Path(__file__).parents[2]

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


@pytest.fixture
def course(generated_course: Path, tmp_path: Path) -> Path:
    """A course folder with a gradebook and nothing handed in."""
    return Path(shutil.copytree(generated_course, tmp_path / "course"))


@pytest.fixture
def glovebox(course: Path) -> Callable[..., Result]:
    """Run a command in the course folder."""

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, [*arguments, "--course", str(course)])

    return run


def hand_in(course: Path, student: str, content: bytes) -> Path:
    folder = course / "submitted" / student / "tiny"
    folder.mkdir(parents=True)
    (folder / "tiny.ipynb").write_bytes(content)
    return folder


def test_start_up_imports_nothing_heavy() -> None:
    program = "import sys, glovebox.cli; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    heavy = {"tensorflow", "keras", "nbgrader", "sqlalchemy", "IPython", "pytest", "rich"}
    assert heavy.isdisjoint(done.stdout.split())


# --- mistakes -------------------------------------------------------------------------------------


def no_submissions(course: Path) -> None:
    pass


def no_gradebook(course: Path) -> None:
    hand_in(course, "ann", b"{}")
    (course / "gradebook.db").unlink()


def broken_gradebook(course: Path) -> None:
    hand_in(course, "ann", b"{}")
    (course / "gradebook.db").write_text("no database")


def broken_config(course: Path) -> None:
    (course / "nbgrader_config.py").write_text("c = get_config(")


def wrong_config(course: Path) -> None:
    hand_in(course, "ann", b"{}")
    with (course / "nbgrader_config.py").open("a") as config:
        config.write("\nc.GloveboxExporter.limits = {'cells': 3}\n")


def no_config(course: Path) -> None:
    (course / "nbgrader_config.py").unlink()


def broken_source(course: Path) -> None:
    hand_in(course, "ann", b"{}")
    (course / "source/tiny/tiny.ipynb").write_text("{")


def no_checks(course: Path) -> None:
    hand_in(course, "ann", b"{}")
    (course / "tests/hidden/test_tiny.py").unlink()


def broken_checks(course: Path) -> None:
    hand_in(course, "ann", b"{}")
    (course / "tests/hidden/test_tiny.py").write_text("def (")


def broken_specimen(course: Path) -> None:
    (course / "tests/specimens/wrong").mkdir(parents=True)
    (course / "tests/specimens/wrong/tiny__odd.py").write_text("CELLS = {")


MISTAKES = [
    (no_submissions, "autograde nothing", "no such assignment in"),
    (no_submissions, "autograde tiny", "there are no submissions; collect them"),
    (no_submissions, "autograde tiny --student nobody", "there are no submissions"),
    (no_submissions, "audit nothing", "no such assignment in"),
    (no_submissions, "audit --match nothing", "No specimen's name contains 'nothing'"),
    (no_submissions, "audit tiny --class", "no submission of tiny has been graded"),
    (no_submissions, "audit --page page.md", "page.md: write the page first"),
    (no_submissions, "calibrate nothing", "no such assignment in"),
    (no_submissions, "calibrate tiny", "tiny has no accuracy to calibrate"),
    (no_submissions, "regrade nothing", "no such assignment in"),
    (no_submissions, "gradescope nothing", "no such assignment in"),
    (no_submissions, "gradescope tiny", "requirements.lock: No such file or directory; name with"),
    (no_gradebook, "autograde tiny", "there is no gradebook at"),
    (no_gradebook, "regrade tiny", "there is no gradebook at"),
    (broken_gradebook, "autograde tiny", "the gradebook cannot be used"),
    (broken_config, "autograde tiny", "nbgrader_config.py: SyntaxError"),
    (wrong_config, "autograde tiny", "cells"),
    (wrong_config, "regrade tiny", "nbgrader_config.py: GloveboxExporter.limits: "),
    (no_config, "autograde tiny", "is no course folder: it has no nbgrader_config.py"),
    (no_config, "audit", "is no course folder: it has no nbgrader_config.py"),
    (broken_source, "autograde tiny", "source/tiny/tiny.ipynb cannot be released"),
    (broken_source, "audit", "source/tiny/tiny.ipynb cannot be released"),
    (no_checks, "autograde tiny", "tests/hidden/test_tiny.py: there are no hidden checks"),
    (no_checks, "audit", "tests/hidden/test_tiny.py: there are no hidden checks"),
    (broken_checks, "autograde tiny", "SyntaxError: invalid syntax"),
    (broken_checks, "audit", "SyntaxError: invalid syntax"),
    (broken_specimen, "audit", "tiny__odd.py: cannot be read: SyntaxError"),
]


@pytest.mark.parametrize(("spoil", "command", "sentence"), MISTAKES)
def test_a_mistake_gets_one_sentence_and_changes_nothing(
    spoil: Callable[[Path], None],
    command: str,
    sentence: str,
    course: Path,
    glovebox: Callable[..., Result],
) -> None:
    spoil(course)
    result = glovebox(*command.split())
    assert result.exit_code == 2, result.output
    assert sentence in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert "Traceback" not in result.output
    assert not (course / "autograded").exists()


def test_a_demo_of_an_unknown_assignment_says_which_there_are(
    tmp_path: Path, glovebox: Callable[..., Result]
) -> None:
    result = glovebox("demo", "nonsense", "--folder", str(tmp_path / "demo"))
    assert result.exit_code == 2
    assert "there is no such assignment" in result.stderr
    assert not (tmp_path / "demo").exists()


def test_a_demo_replaces_only_a_demo(tmp_path: Path, glovebox: Callable[..., Result]) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("dear")
    result = glovebox("demo", "--folder", str(tmp_path / "mine"))
    assert result.exit_code == 2
    assert "is not an earlier demo" in result.stderr
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "dear"


# --- what goes well -------------------------------------------------------------------------------


@pytest.mark.slow
def test_doctor_tries_what_grading_needs(course: Path, glovebox: Callable[..., Result]) -> None:
    result = glovebox("doctor", "--json")
    found = {one["topic"]: one["health"] for one in json.loads(result.stdout)}
    assert found["kernel"] == found["course"] == found["python"] == "good"
    assert found["sandbox"] in ("good", "warning")
    assert result.exit_code == 0
    checks = course / "tests" / "hidden" / "test_tiny.py"
    checks.write_text(checks.read_text().replace("points(3", "points(4"))
    result = glovebox("doctor")
    assert result.exit_code == 1
    assert 'the checks of the cell "test-mean" are worth 4 points together' in result.stdout
    no_checks(course)
    result = glovebox("doctor")
    assert result.exit_code == 1
    assert "no hidden checks in tests/hidden for: tiny" in result.stdout


@pytest.mark.slow
def test_a_class_of_which_nobody_handed_in_a_notebook(
    course: Path, glovebox: Callable[..., Result]
) -> None:
    (course / "submitted" / "ann" / "tiny").mkdir(parents=True)
    (course / "submitted" / "bob" / "tiny" / "tiny.ipynb").mkdir(parents=True)
    result = glovebox("autograde", "tiny")
    assert result.exit_code == 0
    assert '"tiny.ipynb" is missing' in result.stdout
    assert '"tiny.ipynb" is a folder' in result.stdout


@pytest.mark.slow
def test_all_are_graded_where_nobody_can_be_told(
    course: Path, glovebox: Callable[..., Result], submission: Callable[..., bytes]
) -> None:
    for student in ("ann", "bob"):
        hand_in(course, student, submission())
    shell = f"exec {sys.executable} -m glovebox autograde tiny >&- 2>/dev/full"
    # Python itself ends with 120 where its own last words cannot be written.
    ended = subprocess.run(["/bin/sh", "-c", shell], cwd=course, check=False).returncode
    assert ended in (0, 120)
    assert recorded(course) == {"ann": 5.0, "bob": 5.0}
    hand_in(course, "new\nline", submission())
    result = glovebox("autograde", "tiny")
    assert result.exit_code == 1
    assert "0 notebooks graded" in result.stdout
    assert "new\\nline/tiny' is passed over: its name holds a line break" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_watch_looks_again_after_a_span_that_ends(glovebox: Callable[..., Result]) -> None:
    for option, value in (("--every", "inf"), ("--cool-down", "nan"), ("--cool-down", "inf")):
        result = glovebox("watch", "tiny", option, value)
        assert result.exit_code == 2
        assert option in result.stderr


@pytest.mark.slow
def test_autograde_in_json_and_once_more(
    course: Path, glovebox: Callable[..., Result], submission: Callable[..., bytes]
) -> None:
    hand_in(course, "ann", submission())
    hand_in(course, "bob", submission(double="def double(x):\n    return x"))
    result = glovebox("autograde", "tiny", "--json")
    graded = {one["student"]: one["verdict"] for one in json.loads(result.stdout)["graded"]}
    assert {student: verdict["points"] for student, verdict in graded.items()} == {
        "ann": 5.0,
        "bob": 3.0,
    }
    assert result.exit_code == 0
    assert (
        "0 notebooks graded; 2 submissions graded before." in glovebox("autograde", "tiny").stdout
    )
    # Worker and caller agree on what a verdict depends on.
    again = glovebox("autograde", "tiny", "--force").stdout
    assert "2 notebooks graded, 2 as before, since nothing has changed." in again
    assert "2 notebooks graded." in glovebox("autograde", "tiny", "--force", "--no-reuse").stdout


@pytest.mark.slow
def test_audit_tells_a_wrong_declaration(course: Path, glovebox: Callable[..., Result]) -> None:
    folder = course / "tests/specimens/wrong"
    folder.mkdir(parents=True)
    specimen = '"""Forgets the two."""\nASSIGNMENT = "tiny"\nLOSES = {{{}}}\n'
    specimen += 'CELLS = {{"double": "def double(x):\\n    return x"}}\n'
    right, wrong = '"test_double", "test_double_of_lists"', '"test_mean"'
    (folder / "tiny__right.py").write_text(specimen.format(right))
    result = glovebox("audit")
    assert result.exit_code == 0, result.output
    assert "3 specimens, 0 graded otherwise than declared" in result.stdout
    (folder / "tiny__wrong.py").write_text(specimen.format(wrong))
    result = glovebox("audit", "--json")
    assert result.exit_code == 1
    found = {one["specimen"]: one["problems"] for one in json.loads(result.stdout)}
    assert found["wrong/tiny__right"] == []
    first, second, third = found["wrong/tiny__wrong"]
    assert first == "lost test_double: given: double(1) expected: 2 but got: 1"
    assert second.startswith("lost test_double_of_lists: Not run: ")
    assert third == "kept test_mean"
    result = glovebox("audit", "--match", "tiny__wrong", "--times", "2", "--json")
    (one,) = json.loads(result.stdout)
    assert one["problems"] == [f"2 of 2 times: {said}" for said in (first, second, third)]
    for option in ("--ledger", "--page"):
        assert glovebox("audit", "--times", "2", option, "some").exit_code == 2


@pytest.mark.slow
def test_audit_grades_mutants(course: Path, glovebox: Callable[..., Result]) -> None:
    page = course / "page.md"
    page.write_text("\n".join(marks("audit")), encoding="utf-8")
    options = ("--match", "mutant/", "--mutants", "all", "--page", str(page))
    result = glovebox("audit", "tiny", *options)
    # The tiny notebook's checks are too few to see everything.
    assert result.exit_code == 1, result.output
    survivor = "mean:3 …um(values) / len(values) → …um(values) // len(values)"
    assert f"mutant/tiny__{survivor}" in result.stdout
    assert "16 mutants: 14 killed, 0 equivalent, 2 to be looked at." in result.stdout
    assert f"| ``tiny__{survivor}`` | survived |" in page.read_text(encoding="utf-8")
    assert glovebox("audit", "tiny", "--mutants", "some").exit_code == 2


@pytest.mark.slow
def test_audit_of_a_class(
    course: Path, glovebox: Callable[..., Result], submission: Callable[..., bytes]
) -> None:
    hand_in(course, "ann", submission())
    hand_in(course, "bob", submission(double="def double(x):\n    return x"))
    glovebox("autograde", "tiny")
    result = glovebox("audit", "tiny", "--class")
    assert result.exit_code == 0, result.output
    assert "nobody fails it" in result.stdout
    assert "2 graded submissions." in result.stdout
    found = json.loads(glovebox("audit", "--class", "--json").stdout)
    rates = {one["check"]: one["pass_rate"] for one in found}
    assert rates == {"test_double": 0.5, "test_double_of_lists": 0.5, "test_mean": 1.0}


# --- Ctrl-C ---------------------------------------------------------------------------------------


@pytest.fixture
def temporary() -> Iterator[Path]:
    """A folder for temporary files, whose name is short enough for sockets in it."""
    with tempfile.TemporaryDirectory(prefix="t") as folder:
        yield Path(folder)


@pytest.fixture
def autograding(course: Path, temporary: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Start `glovebox autograde tiny` with one job, in a process group of its own."""
    with contextlib.ExitStack() as started:

        def start() -> subprocess.Popen[bytes]:
            process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "glovebox",
                    "autograde",
                    "tiny",
                    "--jobs",
                    "1",
                    "--no-sandbox",
                ],
                cwd=course,
                stderr=subprocess.PIPE,
                bufsize=0,
                start_new_session=True,
                env={**os.environ, "TMPDIR": str(temporary)},
            )
            started.enter_context(process)
            started.callback(process.kill)
            return process

        yield start


def interrupt(process: subprocess.Popen[bytes]) -> None:
    """Press Ctrl-C, and wait until the command has noticed it."""
    os.killpg(process.pid, signal.SIGINT)
    assert process.stderr is not None
    said = b""
    while b"what is under way is finished first" not in said:
        more = process.stderr.read(1000)
        assert more, said
        said += more


def graded(course: Path, student: str) -> Path:
    """What is there last once a student's notebook is graded and recorded."""
    return course / "autograded" / student / "tiny" / "tiny.ipynb"


def wait_for(path: Path, process: subprocess.Popen[bytes]) -> None:
    while not path.exists():
        assert process.poll() is None
        time.sleep(0.1)


@pytest.mark.slow
def test_ctrl_c_finishes_what_is_under_way_and_a_rerun_goes_on(
    course: Path,
    glovebox: Callable[..., Result],
    submission: Callable[..., bytes],
    autograding: Callable[[], subprocess.Popen[bytes]],
    tmp_path: Path,
) -> None:
    begun, fuse = tmp_path / "begun", tmp_path / "fuse"
    waiting = f"import pathlib, time\npathlib.Path({str(begun)!r}).touch()\n"
    waiting += f"while not pathlib.Path({str(fuse)!r}).exists(): time.sleep(0.1)\n"
    hand_in(course, "ann", submission())
    hand_in(course, "bob", submission(waiting + "def double(x): return 2 * x"))
    for student in ("cleo", "dan"):
        hand_in(course, student, submission())
    process = autograding()
    wait_for(begun, process)
    interrupt(process)
    fuse.touch()
    _, said = process.communicate(timeout=120)
    assert process.returncode == 130, said
    assert b"interrupted; what was graded is kept" in said
    assert b"Traceback" not in said
    done = recorded(course)
    assert set(done) == {"ann", "bob"}
    assert not graded(course, "cleo").parent.exists()
    assert "2 notebooks graded" in glovebox("autograde", "tiny").stdout
    done = recorded(course)
    assert set(done) == {"ann", "bob", "cleo", "dan"}
    assert {done["ann"], done["cleo"], done["dan"]} == {5.0}


@pytest.mark.slow
def test_a_second_ctrl_c_ends_everything_at_once(
    course: Path,
    glovebox: Callable[..., Result],
    submission: Callable[..., bytes],
    autograding: Callable[[], subprocess.Popen[bytes]],
    temporary: Path,
    tmp_path: Path,
) -> None:
    begun = tmp_path / "begun"
    endless = f"import pathlib\npathlib.Path({str(begun)!r}).touch()\nwhile True: pass"
    hand_in(course, "ann", submission())
    folder = hand_in(course, "bob", submission(endless))
    process = autograding()
    wait_for(graded(course, "ann"), process)
    wait_for(begun, process)
    interrupt(process)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 130, said
    assert b"interrupted; what was graded is kept" in said
    assert b"Traceback" not in said
    # Neither the kernel in its endless loop nor anybody's files are left.
    for left in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            assert str(temporary) not in left.environ().get("TMPDIR", ""), left
    assert list(temporary.iterdir()) == []
    assert recorded(course) == {"ann": 5.0}
    assert not graded(course, "bob").parent.exists()
    (folder / "tiny.ipynb").write_bytes(submission())
    assert "1 notebook graded" in glovebox("autograde", "tiny").stdout
    assert recorded(course) == {"ann": 5.0, "bob": 5.0}


def recorded(course: Path) -> dict[str, Any]:
    """The points in the gradebook of those whose graded notebook is there."""
    query = """
        SELECT student_id, SUM(auto_score) FROM grade
        JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
        JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
        WHERE auto_score IS NOT NULL GROUP BY student_id
    """
    with contextlib.closing(sqlite3.connect(course / "gradebook.db")) as gradebook:
        found = dict(gradebook.execute(query))
    done = {path.parent.parent.name for path in course.glob("autograded/*/tiny/tiny.verdict.json")}
    return {student: points for student, points in found.items() if student in done}
