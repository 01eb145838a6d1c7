"""The whole round at a shell: nbgrader's own commands, our configuration, the real workers."""

from __future__ import annotations

import csv
import getpass
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

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

    def nbgrader(self, *command: str, cwd: Path | None = None, code: int = 0) -> str:
        """Run a command without a venv's activation, and give back what it printed."""
        environment = {
            "PATH": os.defpath,
            "HOME": str(self.home),
            "GLOVEBOX_EXCHANGE": str(self.exchange),
            "LANG": "C.UTF-8",
        }
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *command],
            cwd=cwd or self.root,
            env=environment,
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
        with sqlite3.connect(self.root / "gradebook.db") as db:
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
    broken = course.root / "submitted" / "broken" / "tiny"
    broken.mkdir(parents=True)
    (broken / "tiny.ipynb").write_text("{")
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
    (course.root / "submitted/alice/tiny").mkdir(parents=True)
    shutil.copy(course.root / "source/tiny/tiny.ipynb", course.root / "submitted/alice/tiny")
    said = course.nbgrader("autograde", "tiny", code=1)
    assert "there is no gradebook at" in said
    assert "nbgrader generate_assignment" in said
    assert not (course.root / "autograded").exists()
    assert "No notebooks were matched" in course.nbgrader("autograde", "unknown", code=1)
