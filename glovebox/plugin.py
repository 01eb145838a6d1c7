"""What pytest loads everywhere: the markers, ``--submission`` and the ``student`` fixture.

Kept apart from :mod:`glovebox.checks`, and light, because pytest imports it in every session.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from glovebox.checks import Grading
    from glovebox.gloves import Student

_MARKERS = (
    "grade_cell(grade_id): the grade cell of the notebook that a hidden check belongs to",
    "points(n, hint=...): what a hidden check is worth, and what to tell a student who fails it",
    "needs(check, ...): hidden checks without which this one can tell nothing",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--submission`` and ``--no-sandbox``."""
    group = parser.getgroup("glovebox", "hidden checks of a course")
    group.addoption(
        "--submission",
        type=Path,
        metavar="PATH",
        help="grade this notebook, or the notebooks in this folder, with the hidden checks",
    )
    group.addoption(
        "--no-sandbox",
        action="store_true",
        help="do not confine the submission's code: it can then do whatever you can",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Register the markers, and the grading when a submission is named."""
    for marker in _MARKERS:
        config.addinivalue_line("markers", marker)
    submission: Path | None = config.getoption("--submission", None)
    if submission is not None:
        from glovebox.shell import ShellGrading

        ShellGrading.register(config, submission)


@pytest.fixture(scope="module")
def student(request: pytest.FixtureRequest) -> Student:
    """The student's notebook, at arm's length; see :class:`glovebox.gloves.Student`."""
    found: Student = _grading(request).student(request.module)
    return found


@pytest.fixture(scope="module")
def data_folder(request: pytest.FixtureRequest) -> Path:
    """The assignment's own data files, out of the student's reach.

    Checks read these rather than make the data anew: a course library that has changed since the
    release must not cost anybody a point.
    """
    found: Path = _grading(request).data_folder(request.module)
    return found


def _grading(request: pytest.FixtureRequest) -> Grading:
    grading: Grading | None = request.config.pluginmanager.get_plugin("glovebox-grading")
    if grading is None:
        pytest.fail("say what to grade: --submission <notebook or folder>", pytrace=False)
    return grading
