"""A tiny course notebook of two exercises and a written question, to damage and to grade."""

from __future__ import annotations

import copy
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from playwright.sync_api import Browser

from glovebox.assignment import AssignmentBundle
from glovebox.rebuild import pristine
from tests.glovebox import browser
from tests.glovebox import postgres as postgresql

# TensorFlow, where a test needs it, computes quietly and on one thread.
for _name in ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"):
    os.environ.setdefault(_name, "1")
os.environ |= {"CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "3"}

REPO = Path(__file__).parents[2]
SOLVED = {
    "double": "def double(x):\n    return 2 * x",
    "mean": "def mean(values):\n    return sum(values) / len(values)",
    "explain": "Because the sum grows with the number of values.",
}


def cell(kind: str, source: str, grade_id: str = "", points: int = 0, **flags: bool) -> Any:
    """One cell of an instructor's notebook as JSON."""
    metadata: dict[str, Any] = {}
    if grade_id:
        labels = {"grade": False, "solution": False, "locked": True, "task": False, **flags}
        metadata["nbgrader"] = {"grade_id": grade_id, "schema_version": 3, **labels}
        if points:
            metadata["nbgrader"]["points"] = points
    made = {"cell_type": kind, "id": grade_id, "metadata": metadata, "source": source}
    if kind == "code":
        made |= {"outputs": [], "execution_count": None}
    return made


def answer(grade_id: str, signature: str, solution: str) -> Any:
    """An answer cell whose released form is a function that raises NotImplementedError."""
    marked = f"{signature}\n    ### BEGIN SOLUTION\n    {solution}\n    ### END SOLUTION"
    return cell("code", marked, grade_id, solution=True, locked=False)


TINY = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {
        "kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"},
        "language_info": {"name": "python"},
    },
    "cells": [
        cell("markdown", "# Doubles and means", "intro"),
        cell("code", "LIMIT = 10", "setup"),
        cell("markdown", "Write `double`.", "question-double"),
        answer("double", "def double(x):", "return 2 * x"),
        cell("code", "assert double(2) == 4", "test-double", 2, grade=True),
        cell("markdown", "Write `mean`.", "question-mean"),
        answer("mean", "def mean(values):", "return sum(values) / len(values)"),
        cell("code", "assert mean([1, 3]) == 2", "test-mean", 3, grade=True),
        cell("markdown", "Why divide?", "question-explain"),
        cell(
            "markdown", "It must not grow.", "explain", 4, grade=True, solution=True, locked=False
        ),
    ],
}


@pytest.fixture(scope="session")
def lot(testrun_uid: str) -> Callable[[list[str]], list[str]]:
    """Shuffle some names: into the same order in all processes of a run, another the next time."""

    def draw(names: list[str]) -> list[str]:
        return random.Random(testrun_uid).sample(names, len(names))

    return draw


@pytest.fixture(scope="session")
def tiny_source() -> bytes:
    """The instructor's tiny notebook."""
    return json.dumps(TINY).encode()


@pytest.fixture(scope="session")
def tiny_pristine(tiny_source: bytes) -> NotebookNode:
    """The tiny notebook as students get it."""
    return pristine(tiny_source)


@pytest.fixture
def handed_in(tiny_pristine: NotebookNode) -> dict[str, Any]:
    """The tiny notebook as plain JSON with every answer given, free to be damaged."""
    notebook: dict[str, Any] = json.loads(json.dumps(tiny_pristine))
    for made in notebook["cells"]:
        made["source"] = SOLVED.get(made["id"], made["source"])
    return notebook


@pytest.fixture
def find() -> Callable[[Any, str], Any]:
    """Look up a cell of a notebook by its grade id."""

    def by_id(notebook: Any, grade_id: str) -> Any:
        return next(
            made
            for made in notebook["cells"]
            if made["metadata"].get("nbgrader", {}).get("grade_id") == grade_id
        )

    return by_id


TINY_CHECKS = '''
import pytest
from hypothesis import given, strategies as st
from glovebox import Mismatch, expect


@pytest.mark.grade_cell("test-double")
@pytest.mark.points(1.5, hint="Twice means two times.")
@given(st.integers(-50, 50))
def test_double(student, x):
    """Doubles any number"""
    if (y := student.double(x)) != 2 * x:
        raise Mismatch(2 * x, y, given=f"double({x})")


@pytest.mark.grade_cell("test-double")
@pytest.mark.points(0.5)
@pytest.mark.needs("test_double")
def test_double_of_lists(student):
    """Doubles a list"""
    expect(student.double([1]) == [1, 1], "A list should be repeated.")


@pytest.mark.grade_cell("test-mean")
@pytest.mark.points(3, hint="Divide by how many there are.")
def test_mean(student):
    """The mean of a few numbers"""
    assert student.mean([1, 2, 6]) == 3, "SECRET"
'''


@pytest.fixture(scope="session")
def tiny_bundle(tiny_source: bytes) -> Callable[..., AssignmentBundle]:
    """The tiny assignment, with the given hidden checks in place of its own."""

    def bundle(checks: str = TINY_CHECKS, data: dict[str, bytes] | None = None) -> AssignmentBundle:
        files = {"test_tiny.py": checks.encode()}
        return AssignmentBundle("tiny", "tiny", tiny_source, files, data or {})

    return bundle


@pytest.fixture(scope="session")
def generated_course(tmp_path_factory: pytest.TempPathFactory, tiny_source: bytes) -> Path:
    """A course folder in which nbgrader generated the tiny assignment; copy it to use it."""
    root = tmp_path_factory.mktemp("generated")
    shutil.copy(REPO / "nbgrader_config.py", root)
    for folder in ("source/tiny", "tests/hidden"):
        (root / folder).mkdir(parents=True)
    (root / "source/tiny/tiny.ipynb").write_bytes(tiny_source)
    (root / "tests/hidden/test_tiny.py").write_text(TINY_CHECKS)
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", "tiny"]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    return root


@pytest.fixture(scope="session")
def submission(tiny_pristine: NotebookNode) -> Callable[..., bytes]:
    """A submission: the solved notebook with some answers replaced and own cells at the end."""

    def submit(*own: str, **answers: str) -> bytes:
        notebook = copy.deepcopy(tiny_pristine)
        for made in notebook.cells:
            made["source"] = (SOLVED | answers).get(made["id"], made["source"])
        notebook.cells += [new_code_cell(source) for source in own]
        return json.dumps(notebook).encode()

    return submit


@pytest.fixture(scope="session")
def postgres() -> Iterator[postgresql.Server]:
    """A PostgreSQL server."""
    if reason := postgresql.missing():
        pytest.skip(reason)
    with postgresql.running() as server:
        yield server


@pytest.fixture(scope="module")  # while it is there, nothing else can run an event loop
def chromium() -> Iterator[Browser]:
    """A browser without a window."""
    if reason := browser.missing():
        (pytest.fail if browser.pictures_wanted() else pytest.skip)(reason)
    with browser.chromium() as found:
        yield found
