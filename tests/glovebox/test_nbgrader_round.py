"""The whole round at a shell: nbgrader's own commands, our configuration, the real workers."""

from __future__ import annotations

import contextlib
import csv
import getpass
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest

from glovebox.coursefolder import is_finished

REPO = Path(__file__).parents[2]
HIDDEN = '''
import pytest
from glovebox import Mismatch
from hypothesis import given, strategies as st

SECRET_FACTOR = 2


@pytest.mark.grade_cell("test-double")
@pytest.mark.points(2, hint="Twice the number.")
@given(number=st.integers(-9, 9))
def test_double(student, number):
    """Doubles any number"""
    if student.double(number) != SECRET_FACTOR * number:
        raise Mismatch("twice the number", student.double(number), given=f"{number}")


@pytest.mark.grade_cell("test-mean")
@pytest.mark.points(3, hint="Divide by how many there are.")
def test_mean(student):
    """Takes the mean"""
    assert student.mean([1, 2, 6]) == 3, "the trainer's secret text"
'''

pytestmark = pytest.mark.slow


class Course:
    """A course folder, an exchange and the people who use them."""

    def __init__(self, folder: Path, source: bytes) -> None:
        self.root, self.exchange, self.home = folder / "root", folder / "exchange", folder / "home"
        for path in (self.root / "source/tiny", self.root / "tests/hidden", self.home):
            path.mkdir(parents=True)
        self.exchange.mkdir()
        self.exchange.chmod(0o777)
        shutil.copy(REPO / "nbgrader_config.py", self.root)
        (self.root / "source/tiny/tiny.ipynb").write_bytes(source)
        (self.root / "tests/hidden/test_tiny.py").write_text(HIDDEN)

    def hand_in(self, student: str, content: bytes) -> None:
        """Lay a notebook where `nbgrader collect` would."""
        folder = self.root / "submitted" / student / "tiny"
        folder.mkdir(parents=True)
        (folder / "tiny.ipynb").write_bytes(content)

    @property
    def environment(self) -> dict[str, str]:
        """A shell without a venv's activation and with a home of its own."""
        return {
            "PATH": os.defpath,
            "HOME": str(self.home),
            "GLOVEBOX_EXCHANGE": str(self.exchange),
            "LANG": "C.UTF-8",
        }

    def nbgrader(self, *command: str, cwd: Path | None = None, code: int = 0) -> str:
        """Run a command, and give back what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *command],
            cwd=cwd or self.root,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def scores(self) -> dict[str, list[tuple[str, float, int]]]:
        """Per student: cell, points of the autograder, and whether a person must look."""
        query = """
            SELECT submitted_assignment.student_id, base_cell.name, auto_score, needs_manual_grade
            FROM grade JOIN base_cell ON base_cell.id = grade.cell_id
            JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
            JOIN submitted_assignment
              ON submitted_assignment.id = submitted_notebook.assignment_id
            ORDER BY 1, 2
        """
        found: dict[str, list[Any]] = {}
        with contextlib.closing(sqlite3.connect(self.root / "gradebook.db")) as db:
            for student, *rest in db.execute(query):
                found.setdefault(student, []).append(tuple(rest))
        return found


def solved(path: Path, **answers: str) -> None:
    """Write answers into a fetched notebook."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = answers.get(name, cell.source)
    nbformat.write(notebook, path)


def test_the_whole_round(tmp_path: Path, tiny_source: bytes) -> None:
    course = Course(tmp_path, tiny_source)
    course.nbgrader("generate_assignment", "tiny")
    course.nbgrader("generate_solution", "tiny")
    worked = nbformat.read(course.root / "solutions/tiny/tiny.ipynb", as_version=4)
    assert all(not cell.get("outputs") for cell in worked.cells)  # the tiny notebook prints nothing
    assert "### " not in "".join(cell.source for cell in worked.cells)  # where a release is cut
    assert "Success" in course.nbgrader("validate", str(course.root / "source/tiny/tiny.ipynb"))
    course.nbgrader("release_assignment", "tiny")

    # The student works elsewhere, with the instructor's settings for the exchange only.
    desk = tmp_path / "desk"
    desk.mkdir()
    (desk / "nbgrader_config.py").write_text(
        "import os\n"
        "c.CourseDirectory.course_id = 'word_embeddings'\n"
        "c.Exchange.root = os.environ['GLOVEBOX_EXCHANGE']\n"
    )
    assert "word_embeddings tiny" in course.nbgrader("list", cwd=desk)
    course.nbgrader("fetch_assignment", "tiny", cwd=desk)
    fetched = desk / "tiny" / "tiny.ipynb"
    assert "failed" in course.nbgrader("validate", str(fetched), cwd=desk).lower()
    solved(
        fetched,
        double="import sys\nprint('chatter', file=sys.stderr)\ndef double(x):\n    return x + x",
        mean="def mean(values):\n    return sum(values) / 2",
        explain="To get the average.",
    )
    course.nbgrader("submit", "tiny", cwd=desk)
    course.nbgrader("collect", "tiny")

    alice = getpass.getuser()
    course.hand_in("broken", b"{")
    course.nbgrader("autograde", "tiny")
    expected = [("explain", None, 1), ("test-double", 2.0, 0), ("test-mean", 0.0, 0)]
    assert course.scores() == {
        alice: expected,
        "broken": [("explain", 0.0, 1), ("test-double", 0.0, 1), ("test-mean", 0.0, 1)],
    }
    verdict = json.loads((course.root / f"autograded/{alice}/tiny/tiny.verdict.json").read_text())
    assert [record["outcome"] for record in verdict["checks"]] == ["passed", "failed"]
    assert "Skipping existing" in course.nbgrader("autograde", "tiny")

    course.nbgrader("generate_feedback", "tiny")
    course.nbgrader("release_feedback", "tiny")
    course.nbgrader("fetch_feedback", "tiny", cwd=desk)
    (page,) = (desk / "tiny" / "feedback").rglob("tiny.html")
    html = page.read_text()
    assert "Doubles any number" in html
    assert "Divide by how many there are." in html
    for secret in ("SECRET_FACTOR", "the trainer's secret text", "test_tiny.py", "glovebox-checks"):
        assert secret not in html
    course.nbgrader("export")
    with (course.root / "grades.csv").open() as file:
        rows = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert rows == {alice: 2.0, "broken": 0.0}


def test_mistakes_at_the_shell_are_named(tmp_path: Path, tiny_source: bytes) -> None:
    course = Course(tmp_path, tiny_source)
    course.hand_in("alice", tiny_source)
    said = course.nbgrader("autograde", "tiny", code=1)
    assert "there is no gradebook at" in said
    assert "nbgrader generate_assignment" in said
    assert not (course.root / "autograded").exists()
    assert "No notebooks were matched" in course.nbgrader("autograde", "unknown", code=1)


def test_a_kill_loses_and_invents_nothing(tmp_path: Path, tiny_source: bytes) -> None:
    course = Course(tmp_path, tiny_source)
    course.nbgrader("generate_assignment", "tiny")
    students = ["alice", "bob", "carol"]
    for student in students:
        course.hand_in(student, tiny_source)
    command = [sys.executable, "-m", "nbgrader", "autograde", "tiny"]
    graded = course.root / "autograded"
    for moment in ("alice/tiny/tiny.ipynb", "bob/tiny/tiny.ipynb"):
        run = subprocess.Popen(
            command,
            cwd=course.root,
            env=course.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while run.poll() is None and not (graded / moment).exists():
            time.sleep(0.01)
        family = psutil.Process(run.pid).children(recursive=True)
        run.kill()
        run.wait()
        for child in family:  # of this test's own run only
            with contextlib.suppress(psutil.NoSuchProcess):
                child.kill()
    assert not (graded / "carol").exists()
    course.nbgrader("autograde", "tiny")
    expected = [("explain", None, 1), ("test-double", 2.0, 0), ("test-mean", 3.0, 0)]
    assert course.scores() == dict.fromkeys(students, expected)
    assert all(is_finished(graded / student / "tiny", "tiny") for student in students)


def test_the_formgrader_grades_and_shows_submissions(tmp_path: Path, tiny_source: bytes) -> None:
    """Its own button and page, in a Jupyter server that runs in another folder."""
    course = Course(tmp_path, tiny_source)
    course.nbgrader("generate_assignment", "tiny")
    course.hand_in("alice", tiny_source)
    (course.home / ".jupyter").mkdir()
    (course.home / ".jupyter" / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.CourseDirectory.root = {str(course.root)!r}\n"
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "jupyter_server", "--allow-root", "--no-browser"),
            f"--ServerApp.port={port}",
            "--IdentityProvider.token=secret",
            f"--ServerApp.root_dir={tmp_path}",
            "--ServerApp.disable_check_xsrf=True",
            "--ServerApp.jpserver_extensions={'nbgrader.server_extensions.formgrader': True}",
        ],
        cwd=course.home,
        env=course.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    def ask(path: str, method: str = "GET") -> str:
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/formgrader/{path}",
            method=method,
            headers={"Authorization": "token secret"},
        )
        with urllib.request.urlopen(request, timeout=300) as answer:
            return str(answer.read().decode())

    try:
        for _ in range(600):
            with contextlib.suppress(OSError):
                ask("api/assignments")
                break
            time.sleep(0.2)
        answer = json.loads(ask("api/submission/tiny/alice/autograde", "POST"))
        assert answer["success"], answer
        (shown,) = json.loads(ask("api/submitted_notebooks/tiny/tiny"))
        assert shown["score"] == 5
        page = ask(f"submissions/{shown['id']}/")
        assert "Doubles any number" in page
        assert "<caption>" in page
    finally:
        server.terminate()
        server.wait(60)


def test_a_release_that_came_with_the_course_is_generated_once(
    tmp_path: Path, tiny_source: bytes
) -> None:
    """As in a fresh clone, which holds release/ but neither the gradebook nor the data."""
    course = Course(tmp_path, tiny_source)
    released = course.root / "release/tiny/tiny.ipynb"
    released.parent.mkdir(parents=True)
    released.write_text("{}")
    assert "Skipping" not in course.nbgrader("generate_assignment", "tiny")
    assert len(nbformat.read(released, as_version=4).cells) > 3
    assert "Skipping existing" in course.nbgrader("generate_assignment", "tiny")
    course.nbgrader("generate_solution", "tiny")
