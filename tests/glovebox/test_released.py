"""The copy of what was released that a released notebook carries."""

from __future__ import annotations

import base64
import bz2
import copy
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode

from glovebox.assignment import AssignmentBundle
from glovebox.grade import GradeJob, grade
from glovebox.parse import parse_notebook
from glovebox.rebuild import rebuild
from glovebox.released import MAX_BYTES, ReleasedError, copy_in, released_file, with_copy


def parsed(notebook: Any) -> NotebookNode:
    return parse_notebook(json.dumps(notebook).encode())[0]


def carrying(packed: Any) -> bytes:
    """A notebook whose metadata hold this in place of a copy."""
    return json.dumps({"cells": [], "metadata": {"glovebox": {"released": packed}}}).encode()


def packed(content: bytes) -> str:
    return base64.b64encode(bz2.compress(content)).decode()


def described(**changes: Any) -> str:
    """A copy, packed, of which something is otherwise."""
    about = {"name": "tiny", "files": [], **changes}
    content = {"cells": [], "metadata": {"glovebox": about}, "nbformat": 4, "nbformat_minor": 5}
    return packed(json.dumps(content).encode())


def test_the_copy_is_what_rebuilding_starts_from(tiny_pristine: NotebookNode) -> None:
    text = with_copy(nbformat.writes(tiny_pristine), "tiny", ["b.txt", "a/c.txt"])
    known = copy_in(text.encode())
    assert known is not None
    assert known.notebook == parsed(tiny_pristine)
    assert (known.name, known.files) == ("tiny", ("a/c.txt", "b.txt"))
    nbformat.validate(json.loads(text))


def test_equal_notebooks_get_equal_copies(tiny_pristine: NotebookNode) -> None:
    text = with_copy(nbformat.writes(tiny_pristine), "tiny", ["a", "b"])
    answered = copy.deepcopy(tiny_pristine)
    for cell in answered.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [{"output_type": "stream", "text": "x"}], 3
    answered.metadata["widgets"] = {}
    again = with_copy(json.dumps(answered), "tiny", ["b", "a"])
    first, second = (json.loads(one)["metadata"]["glovebox"] for one in (text, again))
    assert first == second
    # Made once more from itself, as `--force` does, it is the same file.
    assert with_copy(text, "tiny", ["b", "a"]) == text


@pytest.mark.parametrize(
    "content", [b"{", b"[]", b"{}", b'{"metadata": []}', b'{"metadata": {"glovebox": 3}}', b"\xff"]
)
def test_a_notebook_without_a_copy_has_none(content: bytes) -> None:
    assert copy_in(content) is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (3, "it is no text"),
        (None, "it is no text"),
        ("ä", "it is no base64"),
        ("QUJD", "Invalid data stream"),
        ("", "its end is missing"),
        (described()[:-8], "its end is missing"),
        (packed(b" " * (MAX_BYTES + 1)), f"larger than {MAX_BYTES // 1_000_000} MB"),
        (packed(b"[" * 100_000), ""),
        (packed(b"{}"), "metadata"),
        (packed(b'{"metadata": {"glovebox": {}}}'), "no cells"),
        (described(name=3), "outside its folder"),
        (described(files="a"), "outside its folder"),
        (described(files=["../a"]), "outside its folder"),
        (described(files=["/etc/passwd"]), "outside its folder"),
        (described(files=["c:/a"]), "outside its folder"),
        (described(files=["a\\b"]), "outside its folder"),
        (described(name="\x1b[2J"), "outside its folder"),
    ],
)
def test_a_copy_that_cannot_be_used_gets_one_sentence(content: Any, said: str) -> None:
    with pytest.raises(ReleasedError, match=r"the copy .*; name the released notebook") as caught:
        copy_in(carrying(content))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_release_without_a_copy_speaks_for_itself(tiny_pristine: NotebookNode) -> None:
    known = released_file(json.dumps(tiny_pristine).encode(), "tiny")
    assert (known.name, known.files) == ("tiny", None)
    assert known.notebook == parsed(tiny_pristine)
    with pytest.raises(ReleasedError, match=r"^the notebook is empty; name"):
        released_file(b"", "tiny")
    with pytest.raises(ReleasedError, match="no text"):
        released_file(carrying(3), "tiny")


def test_nbgrader_puts_it_into_releases(
    generated_course: Path, tiny_pristine: NotebookNode
) -> None:
    known = copy_in((generated_course / "release/tiny/tiny.ipynb").read_bytes())
    assert known is not None
    assert known.notebook == parsed(tiny_pristine)
    assert (known.name, known.files) == ("tiny", ())


@pytest.mark.slow
def test_nbgrader_names_the_files_beside_it_and_leaves_solutions_alone(
    generated_course: Path, tmp_path: Path
) -> None:
    course = Path(shutil.copytree(generated_course, tmp_path / "course"))
    source = course / "source/tiny"
    for name in ("data.txt", "more/data.csv", "net.weights.h5", ".hidden", "aclImdb/x.txt"):
        (source / name).parent.mkdir(exist_ok=True)
        (source / name).write_text("x")
    for command in (["generate_assignment", "--force", "tiny"], ["generate_solution", "tiny"]):
        subprocess.run(
            [sys.executable, "-m", "nbgrader", *command],
            cwd=course,
            check=True,
            capture_output=True,
        )
    known = copy_in((course / "release/tiny/tiny.ipynb").read_bytes())
    assert known is not None
    assert known.files == ("data.txt", "more/data.csv")
    assert copy_in((course / "solutions/tiny/tiny.ipynb").read_bytes()) is None


# --- grading takes nothing from it ----------------------------------------------------------------


@pytest.fixture
def forged(tiny_pristine: NotebookNode, handed_in: dict[str, Any]) -> dict[str, Any]:
    """A wrong answer, with a copy that says that all tests are empty and worth 1,000 points."""
    other = copy.deepcopy(tiny_pristine)
    for cell in other.cells:
        if cell.metadata.nbgrader.grade:
            cell.source, cell.metadata.nbgrader.points = "", 1000
    lie = json.loads(with_copy(nbformat.writes(other), "other", ["x"]))["metadata"]["glovebox"]
    handed_in["metadata"]["glovebox"] = lie
    for cell in handed_in["cells"]:
        if cell["id"] == "double":
            cell["source"] = "def double(x):\n    return x"
    return handed_in


def test_the_rebuilt_notebook_is_the_same_with_a_forged_copy(
    tiny_pristine: NotebookNode, forged: dict[str, Any]
) -> None:
    with_it = rebuild(tiny_pristine, parsed(forged))
    del forged["metadata"]["glovebox"]
    assert with_it == rebuild(tiny_pristine, parsed(forged))
    assert "glovebox" not in with_it.notebook.metadata


@pytest.mark.slow
def test_the_verdict_is_the_same_with_a_forged_copy(
    tiny_bundle: Callable[..., AssignmentBundle], forged: dict[str, Any]
) -> None:
    verdicts = []
    for _ in range(2):
        graded = grade(GradeJob("tiny", json.dumps(forged).encode(), (), tiny_bundle(), seed=1))
        assert "glovebox" not in json.loads(graded.notebook)["metadata"]
        verdict = json.loads(graded.verdict.to_json())
        timings = ("duration", "memory", "submission_sha256", "inputs_sha256", "checks")
        checks = [(one["check"], one["points"], one["outcome"]) for one in verdict["checks"]]
        verdicts.append(({k: v for k, v in verdict.items() if k not in timings}, checks))
        forged["metadata"].pop("glovebox", None)
    assert verdicts[0] == verdicts[1]
    assert verdicts[0][0]["points"] == 3
