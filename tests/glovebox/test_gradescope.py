"""The autograder for Gradescope, in folders like Gradescope's own: how it grades, how it fails."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from glovebox import gradescoperesults, gradescoperun
from glovebox.assignment import CHECKS
from glovebox.cli import main
from glovebox.errors import UserError
from glovebox.gradescoperesults import NOT_GRADED, VISIBILITIES, not_graded, results_of
from glovebox.pristine import pristine, unsolved
from glovebox.verdict import CheckRecord, NotebookVerdict, Oddity, Outcome

REPO = Path(__file__).parents[2]
SCHEMA = json.loads(Path(__file__).with_name("gradescope.schema.json").read_text())
LOCK = REPO / "requirements.lock"


def check(results: Any) -> Any:
    """The results, if Gradescope would take them."""
    jsonschema.validate(results, SCHEMA, jsonschema.Draft202012Validator)
    return results


@pytest.fixture(scope="module")
def build(
    generated_course: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., tuple[Result, Path]]:
    """Build the tiny assignment's autograder."""

    def run(*options: str, lock: Path = LOCK) -> tuple[Result, Path]:
        target = tmp_path_factory.mktemp("built") / "tiny.zip"
        arguments = ["gradescope", "tiny", "--to", str(target), "--course", str(generated_course)]
        return CliRunner().invoke(main, [*arguments, "--requirements", str(lock), *options]), target

    return run


@pytest.fixture(scope="module")
def archive(build: Callable[..., tuple[Result, Path]]) -> Path:
    """The zip file."""
    done, target = build()
    assert done.exit_code == 0, done.output
    assert "set the autograder's points to 5," in done.output
    return target


@pytest.fixture
def root(archive: Path, tmp_path: Path) -> Path:
    """Gradescope's /autograder, where this Python stands for the one that setup.sh installs."""
    root = tmp_path / "autograder"
    (root / "submission").mkdir(parents=True)
    (root / "python/bin").mkdir(parents=True)
    with zipfile.ZipFile(archive) as zipped:
        zipped.extractall(root / "source")
    run = root / "run_autograder"
    run.write_bytes((root / "source/run_autograder").read_bytes())
    run.chmod(0o755)
    python(root, f'exec "{sys.executable}" "$@"')
    return root


def python(root: Path, does: str) -> None:
    """Let this be what the interpreter does."""
    path = root / "python/bin/python"
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(0o755)


def run_autograder(root: Path) -> tuple[Any, str]:
    """What Gradescope does for a submission: results, and what it shows to instructors."""
    done = subprocess.run(
        [str(root / "run_autograder")],
        cwd=root,
        env={**os.environ, "GLOVEBOX_AUTOGRADER": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    return check(json.loads((root / "results/results.json").read_text())), done.stdout


def test_the_zip_holds_what_grading_needs_and_no_solution(
    archive: Path, build: Callable[..., tuple[Result, Path]], tiny_source: bytes
) -> None:
    with zipfile.ZipFile(archive) as zipped:
        names = set(zipped.namelist())
        assert {
            "setup.sh",
            "run_autograder",
            "requirements.lock",
            "course/source/tiny/tiny.ipynb",
            "course/tests/hidden/test_tiny.py",
            "packages/glovebox/grade.py",
            "packages/glovebox/sandbox/zygote.py",
        } <= names
        assert not [name for name in names if name.endswith(".pyc")]
        modes = {name: zipped.getinfo(name).external_attr >> 16 & 0o777 for name in names}
        assert (modes["setup.sh"], modes["run_autograder"]) == (0o755, 0o755)
        notebook = zipped.read("course/source/tiny/tiny.ipynb")
        assert zipped.read("requirements.lock") == LOCK.read_bytes()
        for script in ("setup.sh", "run_autograder"):
            text = zipped.read(script)
            subprocess.run(["bash", "-n"], input=text, check=True)
    assert b"return 2 * x" in tiny_source
    assert b"return 2 * x" not in notebook
    assert pristine(notebook) == pristine(tiny_source)
    assert build()[1].read_bytes() == archive.read_bytes()


@pytest.mark.parametrize("name", sorted(path.stem for path in (REPO / "source").glob("*/*.ipynb")))
def test_no_notebook_of_the_course_travels_with_its_solutions(name: str) -> None:
    source = (REPO / "source" / name / f"{name}.ipynb").read_bytes()
    text = "\n".join("".join(cell["source"]) for cell in json.loads(source)["cells"])
    solved = re.findall(r"### BEGIN SOLUTION\n(.+?)\n\s*### END SOLUTION", text, re.DOTALL)
    assert solved
    without = unsolved(source)
    bare = "\n".join(cell["source"] for cell in pristine(without).cells)
    travelling = "\n".join("".join(cell["source"]) for cell in json.loads(without)["cells"])
    for solution in solved:
        assert solution not in bare
        assert solution not in travelling


def test_results_show_what_feedback_shows() -> None:
    checks = (
        CheckRecord("a", "Doubles", "c", Outcome.PASSED, 2, 2, detail="SECRET"),
        CheckRecord("b", "Halves", "c", Outcome.FAILED, 0.5, 1, "<b>5</b>", "Divide.", "SECRET"),
        CheckRecord("d", "Both", "c", Outcome.NOT_RUN, 0, 1, detail="SECRET"),
        CheckRecord("e", "Ends", "c", Outcome.ERROR, 0, 1, detail="SECRET"),
    )
    odd = Oddity("renamed", "It was called \x1b[31mred.", review=True)
    verdict = NotebookVerdict("tiny", checks, (odd,), seed=77, confined=True)
    results = check(results_of([verdict], "after_published", 12.6))
    assert "SECRET" not in json.dumps(results)
    assert [(test["score"], test["max_score"], test["status"]) for test in results["tests"]] == [
        (2, 2, "passed"), (0.5, 1, "failed"), (0, 1, "failed"), (0, 1, "failed")
    ]  # fmt: skip
    assert [test["output"] for test in results["tests"]] == [
        "",
        "<b>5</b>\nHint: Divide.",
        "Not run: a check that it builds on did not pass.",
        "This check could not decide; a person must look.",
    ]
    assert {test["output_format"] for test in results["tests"]} == {"text"}
    assert results["output"].splitlines() == [
        "It was called \\x1b[31mred.",
        "A person must look at this submission before its points count.",
    ]
    assert (results["visibility"], results["stdout_visibility"]) == ("after_published", "hidden")
    assert results["extra_data"] == {"graded": True, "needs_review": True, "confined": True}
    assert results["execution_time"] == 13
    both = check(results_of([verdict, NotebookVerdict("more", checks)], "visible", 1))
    assert [test["name"] for test in both["tests"]][::4] == ["tiny: Doubles", "more: Doubles"]
    assert both["extra_data"]["confined"] is False


def test_what_is_not_graded_earns_nothing_and_says_so() -> None:
    results = check(not_graded())
    assert (results["score"], results["tests"]) == (0, [])
    assert "a person must look" in results["output"]
    with pytest.raises(jsonschema.ValidationError):
        check({key: value for key, value in results.items() if key != "score"})


def test_the_command_offers_every_visibility() -> None:
    (option,) = (one for one in main.commands["gradescope"].params if one.name == "visibility")
    assert tuple(option.type.choices) == VISIBILITIES  # type: ignore[attr-defined]


def test_a_grader_that_is_killed_leaves_something_to_read(root: Path) -> None:
    python(root, "kill -9 $$")
    results, _ = run_autograder(root)
    assert (results["score"], results["output"]) == (0, NOT_GRADED)


@pytest.mark.parametrize("error", [UserError("no sandbox: not here"), ZeroDivisionError("odd")])
def test_where_nothing_can_be_graded_students_are_told_and_instructors_why(
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: Exception,
) -> None:
    def refuse(sandbox: bool) -> None:
        assert sandbox
        raise error

    monkeypatch.setattr(gradescoperun, "check_platform", refuse)
    assert gradescoperun.main([str(root)]) == 0
    results = check(json.loads((root / "results/results.json").read_text()))
    assert results == gradescoperesults.not_graded()
    assert str(error) in capsys.readouterr().out
    (root / "results/results.json").unlink()
    assert gradescoperun.main([str(root), "--rehearse"]) == 1
    assert not (root / "results/results.json").exists()


def test_checks_that_cannot_be_used_are_not_packed(generated_course: Path, tmp_path: Path) -> None:
    course, target = tmp_path / "course", tmp_path / "tiny.zip"
    shutil.copytree(generated_course, course)
    checks = course / "tests" / "hidden" / "test_tiny.py"
    checks.write_text(checks.read_text().replace("points(3", "points(4"))
    arguments = ["gradescope", "tiny", "--to", str(target), "--course", str(course)]
    done = CliRunner().invoke(main, [*arguments, "--requirements", str(LOCK)])
    assert (done.exit_code, target.exists()) == (2, False)
    assert 'the checks of the cell "test-mean" are worth 4 points together' in done.output


def test_mistakes_are_one_sentence(
    build: Callable[..., tuple[Result, Path]], tmp_path: Path
) -> None:
    done, target = build(lock=tmp_path / "none.lock")
    assert (done.exit_code, target.exists()) == (2, False)
    assert "none.lock: No such file or directory; name with --requirements" in done.output
    (tmp_path / "loose.txt").write_text("numpy\n")
    done, _ = build(lock=tmp_path / "loose.txt")
    assert (done.exit_code, "holds no hashes" in done.output) == (2, True)


@pytest.mark.slow
def test_a_submission_of_any_name_is_graded(root: Path, submission: Callable[..., bytes]) -> None:
    half = "def double(x):\n    print('<script>')\n    return 2 * x if x > -3 else 1"
    content = submission(double=half, mean="def mean(values):\n    return 4")
    (root / "submission/work").mkdir()
    (root / "submission/work/My homework (2).ipynb").write_bytes(content)
    results, stdout = run_autograder(root)
    assert {test["name"]: (test["score"], test["status"]) for test in results["tests"]} == {
        "Doubles any number": (0, "failed"),
        "Doubles a list": (0, "failed"),
        "The mean of a few numbers": (0, "failed"),
    }
    outputs = {test["name"]: test["output"] for test in results["tests"]}
    assert "double(-3)" in outputs["Doubles any number"]
    assert "Hint: Twice means two times." in outputs["Doubles any number"]
    assert "SECRET" not in json.dumps(results)
    assert "My homework (2).ipynb" in results["output"]
    assert results["extra_data"]["confined"] is True
    # The whole verdict is the instructor's.
    assert "SECRET" in stdout
    assert f'"{CHECKS}' not in json.dumps(results)


@pytest.mark.slow
def test_without_a_sandbox_every_verdict_says_so(
    root: Path, build: Callable[..., tuple[Result, Path]], submission: Callable[..., bytes]
) -> None:
    done, target = build("--no-sandbox", "--visibility", "after_due_date")
    assert "without a sandbox a submission can read the hidden checks" in done.output
    with zipfile.ZipFile(target) as zipped:
        zipped.extractall(root / "source")
    (root / "submission/tiny.ipynb").write_bytes(submission())
    results, stdout = run_autograder(root)
    assert sum(test["score"] for test in results["tests"]) == 5
    assert (results["extra_data"]["confined"], results["visibility"]) == (False, "after_due_date")
    assert stdout.startswith("NOT CONFINED")
