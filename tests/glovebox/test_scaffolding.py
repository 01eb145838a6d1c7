"""Courses and assignments that are started by a command: whole, working, and nobody's course."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner, Result

from glovebox import scaffolding
from glovebox.assignment import AssignmentBundle
from glovebox.audit import audit, collect
from glovebox.batch import Grader
from glovebox.cli import main
from glovebox.config import course_of, ignored_files, load_config
from glovebox.demo import nbgrader
from glovebox.errors import UserError
from glovebox.scaffolding import new_assignment, new_course

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course folder as it is made."""
    new_course(tmp_path / "ciphers")
    return tmp_path / "ciphers"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


# --- courses --------------------------------------------------------------------------------------


def test_course_is_bound_to_glovebox_by_its_own_name(course: Path) -> None:
    config = load_config(course)
    assert config.CourseDirectory.course_id == "ciphers"
    assert config.CourseDirectory.root == str(course)
    assert config.Autograde.exporter_class == "glovebox.binding.GloveboxExporter"
    assert "*.verdict.json" in ignored_files(course)


def test_a_new_course_has_no_trace_of_the_template(course: Path) -> None:
    new_assignment(course, "caesar")
    texts = {path: path.read_text() for path in course.rglob("*") if path.is_file()}
    assert texts
    for path, text in texts.items():
        for trace in ("new_course", "new_assignment", "import course", "from course"):
            assert trace not in f"{path.relative_to(course)} {text}"


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    result = run("new-course", str(folder), "--name", "intro-2")
    assert result.exit_code == 0
    assert load_config(folder).CourseDirectory.course_id == "intro-2"
    assert not [name for name in files(folder) if name.startswith(".glovebox")]


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    result = run("new-course", str(tmp_path))
    assert result.exit_code == 2
    assert result.stderr == (
        f"glovebox: {tmp_path} is not empty; name a new or an empty folder for the course.\n"
    )
    assert files(tmp_path) == {"thesis.txt"}


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="is a file"):
        new_course(tmp_path / "file")


def test_a_folder_whose_name_is_none_for_a_course_needs_another(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="give it another one with --name"):
        new_course(tmp_path / "My course")
    assert not files(tmp_path)
    new_course(tmp_path / "My course", "mine")


# --- assignments ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "",
        "a b",
        "a/b",
        "..",
        "a.b",
        "a__b",
        "_a",
        "a-",
        "-a",
        "é",
        "test_a",
        "calibrate_a",
        "a" * 61,
    ],
)
def test_bad_names_are_refused(course: Path, name: str) -> None:
    before = files(course)
    with pytest.raises(UserError, match="cannot be the name of an assignment"):
        new_assignment(course, name)
    assert files(course) == before


@pytest.mark.parametrize("name", ["a", "1", "HW1", "run_length", "problem-set-3", "a" * 60])
def test_good_names_make_an_assignment(course: Path, name: str) -> None:
    (first, *rest) = new_assignment(course, name)
    assert first == Path("source", name, f"{name}.ipynb")
    assert Path("tests", "hidden", f"test_{name}.py") in rest
    bundle = AssignmentBundle.load_first(course, name)
    nbformat.validate(nbformat.reads(bundle.source.decode(), as_version=4))
    assert {pair[0].kind for pair in collect(course, name)} == {"correct", "wrong", "hostile"}


def test_an_assignment_is_not_replaced(course: Path) -> None:
    new_assignment(course, "caesar")
    notebook = course / "source/caesar/caesar.ipynb"
    notebook.write_text("mine")
    before = files(course)
    result = run("new-assignment", "caesar", "--course", str(course))
    assert result.exit_code == 2
    assert result.stderr == (
        f"glovebox: {course / 'source/caesar'}: there is such an assignment already.\n"
    )
    assert files(course) == before
    assert notebook.read_text() == "mine"


def test_checks_that_are_there_are_not_replaced(course: Path) -> None:
    checks = course / "tests/hidden/test_caesar.py"
    checks.write_text("mine")
    before = files(course)
    with pytest.raises(UserError, match=r"test_caesar\.py is there already; move it away"):
        new_assignment(course, "caesar")
    assert files(course) == before
    assert checks.read_text() == "mine"


def test_an_assignment_needs_a_course(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is no course folder"):
        new_assignment(tmp_path, "caesar")


@pytest.mark.parametrize("moved", range(5))
def test_all_of_an_assignment_is_there_or_nothing(
    course: Path, monkeypatch: pytest.MonkeyPatch, moved: int
) -> None:
    """However many files have their places when the disk fails."""
    before = {name for name in files(course) if (course / name).is_file()}
    rename, left = Path.rename, [moved]

    def failing(path: Path, target: Path) -> Path:
        forth = scaffolding._STAGING in str(path)
        if forth and left[0] == 0:
            raise OSError(28, "No space left on device", str(target))
        left[0] -= forth
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="No space left"):
        new_assignment(course, "caesar")
    assert {name for name in files(course) if (course / name).is_file()} == before


def test_compiled_templates_are_not_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As there are in an installation."""
    template = tmp_path / "scaffold"
    shutil.copytree(scaffolding._SCAFFOLD, template)
    for folder in (template / "course", template / "assignment/tests/hidden"):
        (folder / "__pycache__").mkdir(exist_ok=True)
        (folder / "__pycache__/new_assignment.cpython-311.pyc").write_bytes(b"\xcb\x0d")
    monkeypatch.setattr(scaffolding, "_SCAFFOLD", template)
    new_course(tmp_path / "ciphers")
    new_assignment(tmp_path / "ciphers", "caesar")
    assert not [name for name in files(tmp_path / "ciphers") if "__pycache__" in name]


# --- what nbgrader, pytest and the grader make of them --------------------------------------------


def test_the_course_is_found_from_the_folders_in_it(course: Path, tmp_path: Path) -> None:
    assert course_of(course / "tests/hidden") == course
    assert course_of(course) == course
    assert course_of(tmp_path) == tmp_path


@pytest.mark.slow
def test_audit_passes_at_once_and_every_mutant_is_killed(course: Path) -> None:
    new_assignment(course, "caesar")
    pairs = collect(course, "caesar", mutants=None)
    with Grader(1) as grader:
        findings = list(audit(pairs, grader))
    assert len(findings) == len(pairs) > 20
    assert [finding for finding in findings if finding.problems] == []


@pytest.mark.slow
def test_nbgrader_grades_and_feeds_back_at_once(course: Path) -> None:
    new_assignment(course, "caesar")
    nbgrader(course, "generate_assignment", "caesar")
    assert "BEGIN SOLUTION" not in (course / "release/caesar/caesar.ipynb").read_text()
    for specimen, bundle in collect(course, "caesar", match="caesar__usual_slip"):
        folder = course / "submitted/ada/caesar"
        folder.mkdir(parents=True)
        (folder / "caesar.ipynb").write_bytes(specimen.submission(bundle.source))
    nbgrader(course, "autograde", "caesar")
    nbgrader(course, "generate_feedback", "caesar")
    page = (course / "feedback/ada/caesar/caesar.html").read_text()
    assert "0 of 4 points" in page
    assert "Sort first." in page


@pytest.mark.slow
def test_pytest_finds_the_course_without_settings_of_its_own(course: Path) -> None:
    new_assignment(course, "caesar")
    (course / "pytest.ini").unlink()
    notebook = course / "source/caesar/caesar.ipynb"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "tests/hidden", "--submission", str(notebook)],
        cwd=course,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "caesar: 2 of 2 points" in done.stdout, done.stdout + done.stderr
