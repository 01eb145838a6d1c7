"""A bundle holds what one notebook is graded by, and nothing that belongs to another."""

from pathlib import Path

import pytest

from glovebox.assignment import AssignmentBundle
from glovebox.config import ConfigError


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of two notebooks, both with checks and a calibration, and two shared files."""
    hidden = tmp_path / "tests" / "hidden"
    hidden.mkdir(parents=True)
    for name in ("one", "two"):
        (tmp_path / "source" / name).mkdir(parents=True)
        (tmp_path / "source" / name / f"{name}.ipynb").write_text("{}")
        for file in (f"test_{name}.py", f"calibrate_{name}.py", f"{name}.calibration.json"):
            (hidden / file).write_text(name)
    (hidden / "networks.py").write_text("shared")
    (hidden / "conftest.py").write_text("shared")
    return tmp_path


def test_checks_of_other_notebooks_stay_behind(course: Path) -> None:
    bundle = AssignmentBundle.load_first(course, "one")
    assert sorted(bundle.checks) == [
        "calibrate_one.py",
        "conftest.py",
        "networks.py",
        "one.calibration.json",
        "test_one.py",
    ]


def test_only_what_grades_a_notebook_makes_its_verdicts_old(course: Path) -> None:
    before = AssignmentBundle.load_first(course, "one").sha256
    (course / "tests" / "hidden" / "test_two.py").write_text("changed")
    assert AssignmentBundle.load_first(course, "one").sha256 == before
    (course / "tests" / "hidden" / "networks.py").write_text("changed")
    assert AssignmentBundle.load_first(course, "one").sha256 != before


def test_what_a_notebook_leaves_behind_does_not_travel(course: Path) -> None:
    folder = course / "source" / "one"
    for name in ("reviews.tar.gz", "saved.weights.h5", "unpacked/one.txt", "kept/one.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(name)
    data = ["kept/one.txt", "reviews.tar.gz", "saved.weights.h5", "unpacked/one.txt"]
    assert sorted(AssignmentBundle.load_first(course, "one").data) == data
    ignore = 'get_config().CourseDirectory.ignore = ["unpacked", "*.weights.h5"]'
    (course / "nbgrader_config.py").write_text(ignore)
    assert sorted(AssignmentBundle.load_first(course, "one").data) == data[:2]


def test_a_broken_configuration_is_said(course: Path) -> None:
    (course / "nbgrader_config.py").write_text("1 / 0")
    with pytest.raises(ConfigError, match="ZeroDivisionError"):
        AssignmentBundle.load_first(course, "one")
