"""Where there is no Linux: authoring works, and grading says what it needs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from glovebox.assignment import AssignmentBundle
from glovebox.batch import Grader
from glovebox.doctor import Health, examine
from glovebox.errors import UserError
from glovebox.grade import GradeJob
from glovebox.launch import check_platform

# What other systems lack: libseccomp's bindings anywhere, these modules on Windows.
LACKING = ("pyseccomp", "fcntl", "resource")
ELSEWHERE = f"""
import runpy, sys
import nbgrader.apps, psutil  # which do without on those systems
for name in {LACKING!r}:
    sys.modules[name] = None
import glovebox.launch
glovebox.launch.sys = type("sys", (), {{"platform": "win32"}})
sys.argv = sys.argv[1:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""


@pytest.mark.parametrize(
    ("platform", "sandbox", "system"),
    [("darwin", True, "macOS"), ("win32", True, "Windows"), ("win32", False, "Windows")],
)
def test_other_systems_are_told_what_grading_needs(
    monkeypatch: pytest.MonkeyPatch, platform: str, sandbox: bool, system: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    with pytest.raises(UserError, match=f"needs Linux.* this is {system}: .*container"):
        check_platform(sandbox)


@pytest.mark.parametrize(("platform", "sandbox"), [("linux", True), ("darwin", False)])
def test_systems_that_can_grade(
    monkeypatch: pytest.MonkeyPatch, platform: str, sandbox: bool
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    check_platform(sandbox)


def test_nothing_is_started_where_nothing_can_be_graded(
    monkeypatch: pytest.MonkeyPatch, tiny_bundle: Callable[..., AssignmentBundle]
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    with Grader() as grader, pytest.raises(UserError, match="Windows"):
        grader.rehearse(GradeJob("tiny", None, (), tiny_bundle()))
    assert grader._pool is None


def test_the_doctor_says_so_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    (found,) = (one for one in examine(tmp_path) if one.topic == "sandbox")
    assert found.health is Health.BAD
    assert "grading needs Linux" in found.finding


@pytest.mark.slow
def test_an_instructor_elsewhere_authors_and_releases(
    generated_course: Path, tiny_source: bytes, tmp_path: Path
) -> None:
    course = tmp_path / "course"
    shutil.copytree(generated_course, course)
    exchange = tmp_path / "exchange"
    exchange.mkdir(mode=0o777)
    exchange.chmod(0o777)
    for student in ("alice", "bob"):
        (course / "submitted" / student / "tiny").mkdir(parents=True)
        (course / "submitted" / student / "tiny" / "tiny.ipynb").write_bytes(tiny_source)

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", ELSEWHERE, *command],
            cwd=course,
            env={"PATH": os.defpath, "HOME": str(tmp_path), "GLOVEBOX_EXCHANGE": str(exchange)},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    for works in (
        ["nbgrader", "generate_assignment", "tiny", "--force"],
        ["nbgrader", "generate_solution", "tiny"],
        ["nbgrader", "validate", "source/tiny/tiny.ipynb"],
        ["nbgrader", "release_assignment", "tiny"],
    ):
        done = run(*works)
        assert done.returncode == 0, done.stdout + done.stderr
    for refused in (["glovebox", "autograde", "tiny"], ["nbgrader", "autograde", "tiny"]):
        done = run(*refused)
        assert done.returncode != 0
        assert "grading needs Linux" in done.stderr
        assert not (course / "autograded").exists()
    done = run("pytest", "tests/hidden", "--submission", "submitted/alice")
    assert "grading needs Linux" in done.stderr
    assert "sandbox" in run("glovebox", "doctor").stdout
