"""Grading one notebook: bytes in, bytes out, whatever the bytes are."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import nbformat
import numpy as np
import pytest

from glovebox.annotate import annotate
from glovebox.assignment import AssignmentBundle
from glovebox.declaration import ChecksError
from glovebox.failures import Failure, Mismatch, expect, expect_array, expect_type, shorten
from glovebox.grade import Graded, GradeJob, grade, rehearse
from glovebox.limits import Limits
from glovebox.verdict import CheckRecord, NotebookVerdict, Oddity, Outcome
from tests.glovebox.conftest import TINY_CHECKS

Bundle = Callable[..., AssignmentBundle]
Submit = Callable[..., bytes]
Grade = Callable[..., Graded]
PATIENT = Limits(cell=30, call=30)
HASTY = Limits(cell=2, call=1, grace=0.5)
"""For what is wrong however long it takes."""


@pytest.fixture
def graded(tiny_bundle: Bundle) -> Grade:
    """Grade a submission of the tiny notebook; what comes out is valid and can be stored."""

    def run(content: bytes | None, limits: Limits = PATIENT, **job: Any) -> Graded:
        result = grade(GradeJob("tiny", content, (), tiny_bundle(), limits=limits, **job))
        notebook = nbformat.reads(result.notebook.decode(), as_version=4)
        nbformat.validate(notebook)
        assert NotebookVerdict.from_json(result.verdict.to_json()) == result.verdict
        assert result.verdict.max_points == 5
        assert "glovebox-files-" not in result.notebook.decode()
        assert "SECRET" not in result.notebook.decode()
        assert "pytest.mark" not in result.notebook.decode()
        return result

    return run


def table(result: Graded, grade_id: str, kind: str = "text/plain") -> str:
    """What a graded notebook tells the student under a grade cell."""
    notebook = nbformat.reads(result.notebook.decode(), as_version=4)
    labels = [cell.metadata.get("nbgrader", {}) for cell in notebook.cells]
    cell = notebook.cells[[label.get("grade_id") for label in labels].index(grade_id)]
    return str(cell.outputs[-1]["data"][kind])


@pytest.mark.parametrize("worth", ["1", "4"])
def test_checks_are_worth_what_their_cell_is(worth: str, tiny_bundle: Bundle) -> None:
    rehearse(GradeJob("tiny", None, (), tiny_bundle()))
    more = tiny_bundle(TINY_CHECKS.replace("points(1.5", f"points({worth}"))
    with pytest.raises(ChecksError) as raised:
        rehearse(GradeJob("tiny", None, (), more))
    assert str(raised.value) == (
        'tests/hidden/test_tiny.py: the checks of the cell "test-double" are worth '
        f"{float(worth) + 0.5:g} points together, and the cell 2 in source/tiny/tiny.ipynb; "
        "make these equal."
    )


@pytest.mark.parametrize("losses", [0, 1, 3, 4])
def test_a_kernel_that_may_have_been_lost_to_others_costs_nothing(
    losses: int, tiny_bundle: Bundle, submission: Submit, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds: list[int] = []

    def attempt(job: GradeJob, seed: int) -> tuple[Graded, bool]:
        seeds.append(seed)
        number = str(len(seeds))
        verdict = NotebookVerdict(number, oddities=(Oddity(number, ""),))
        return Graded(b"", verdict), len(seeds) <= losses

    monkeypatch.setattr("glovebox.grade._attempt", attempt)
    result = grade(GradeJob("tiny", submission(), (), tiny_bundle()))
    assert result.verdict.notebook == str(min(losses + 1, 4))
    assert len(set(seeds)) == 1


@pytest.mark.parametrize("disturbed", ["", "a", "ab", " a", "a b", " ab"])
def test_what_a_submission_does_to_its_kernel_is_told_from_what_befell_that(
    disturbed: str, tiny_bundle: Bundle, submission: Submit, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts = iter(f"{disturbed:4}")

    def attempt(job: GradeJob, seed: int) -> tuple[Graded, bool]:
        oddities = (Oddity(next(attempts), ""),)
        return Graded(b"", NotebookVerdict("tiny", (), oddities)), True

    monkeypatch.setattr("glovebox.grade._attempt", attempt)
    result = grade(GradeJob("tiny", submission(), (), tiny_bundle()))
    assert result.verdict.oddities[0].kind == " "
    assert len(list(attempts)) == 2 - len(disturbed.strip().replace(" ", ""))


def test_a_kernel_is_lost_to_the_submission_where_the_checks_come_to_the_same_end(
    tiny_bundle: Bundle, submission: Submit, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = iter([Outcome.PASSED, Outcome.FAILED, Outcome.FAILED, Outcome.PASSED])

    def attempt(job: GradeJob, seed: int) -> tuple[Graded, bool]:
        record = CheckRecord("test_it", "It", "test-it", next(outcomes), 0, 1)
        return Graded(b"", NotebookVerdict("tiny", (record,))), True

    monkeypatch.setattr("glovebox.grade._attempt", attempt)
    result = grade(GradeJob("tiny", submission(), (), tiny_bundle()))
    assert result.verdict.checks[0].outcome is Outcome.FAILED
    assert next(outcomes) is Outcome.PASSED


def test_the_reference_earns_everything(graded: Grade, submission: Submit) -> None:
    content = submission()
    before = bytes(content)
    result = graded(content, seed=7)
    assert result.verdict.points == 5
    assert result.verdict.seed == 7
    assert result.verdict.oddities == ()
    assert not result.verdict.needs_review
    assert table(result, "test-double").splitlines()[:2] == [
        "Checks: 2 of 2 points",
        "✓ Doubles any number (1.5/1.5): passed",
    ]
    assert content == before
    again = graded(content, seed=7)
    assert [c.outcome for c in again.verdict.checks] == [c.outcome for c in result.verdict.checks]
    assert result.verdict.submission_sha256 == again.verdict.submission_sha256


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe not JSON", b'{"cells": []}'])
def test_nothing_earns_nothing(content: bytes | None, graded: Grade) -> None:
    result = graded(content)
    assert result.verdict.points == 0
    assert {"double", "mean"} <= result.verdict.unanswered
    assert "not yet right" in table(result, "test-mean")


def test_the_untouched_release_earns_nothing(graded: Grade, tiny_pristine: Any) -> None:
    verdict = graded(json.dumps(tiny_pristine).encode()).verdict
    assert verdict.points == 0
    assert not verdict.needs_review
    assert {record.outcome for record in verdict.checks} == {Outcome.FAILED, Outcome.NOT_RUN}


def test_what_a_student_reads(graded: Grade, submission: Submit) -> None:
    result = graded(
        submission(
            double="def double(x):\n    raise ValueError('<script>\\ud800')",
            mean="def mean(values):\n    return 4",
        )
    )
    told = table(result, "test-double", "text/html")
    assert "&lt;script&gt;" in told
    assert "<script" not in told
    assert "Hint: Twice means two times." in told
    assert "called as: double(0)" in told
    assert "The result is not what the exercise asks for." in table(result, "test-mean")
    assert "SECRET" in result.verdict.checks[2].detail


HOSTILE = {
    "dies": "import os\ndef double(x): os._exit(0)",
    "dies at once": "import os\nos._exit(0)",
    "hangs": "def double(x):\n    while True: pass",
    "exits": "import sys\nsys.exit()\ndef double(x): return 2 * x",
    "surrogates": "print('\\ud800')\ndef double(x): return '\\ud800'",
    "source": "def double(x): return '\ud800'",
    "array": "import numpy as np\ndef double(x): return np.zeros((8,) * 8, 'u1')",
    "deep": "import os\ndef double(x):\n"
    "    for _ in range(1500):\n        os.mkdir('d'); os.chdir('d')\n    return -1",
    "equal": "class Yes:\n    __eq__ = lambda *a: True\n    __ne__ = lambda *a: False\n"
    "def double(x): return Yes()",
    "float": "class F(float):\n    __eq__ = lambda *a: True\n    __ne__ = lambda *a: False\n"
    "    __hash__ = None\ndef double(x): return F(1e9)",
    "transformers": "get_ipython().ast_transformers.append(lambda tree: tree)\n"
    "get_ipython().input_transformers_post.append(lambda lines: ['pass'])\n"
    "def double(x): return None",
    "agent": "a = get_ipython().kernel._agent\n"
    "from glovebox import wire\n"
    "a.answer = lambda m: wire.encode(('value', True))",
    "bad agent": "get_ipython().kernel._agent.answer = lambda m: [b'x'] * 7",
    "no agent": "get_ipython().kernel._agent = None",
    "patches": "import numpy, builtins\nnumpy.array_equal = lambda *a: True\n"
    "builtins.isinstance = lambda *a: True\ndef double(x): return 0",
    "checks": "import sys, gc\ndef double(x):\n    f = sys._getframe()\n    while f:\n"
    "        f.f_globals['expect'] = lambda *a: None\n        f = f.f_back\n    return 0",
    "tests": "%%javascript\nalert(1)",
}


SLOW = {"dies at once", "hangs", "deep", "patches", "bad agent", "no agent", "exits", "source"}


@pytest.mark.parametrize(
    "way",
    [pytest.param(way, marks=[pytest.mark.slow] if way in SLOW else []) for way in HOSTILE],
)
def test_no_answer_that_is_wrong_earns_a_point(way: str, graded: Grade, submission: Submit) -> None:
    result = graded(submission(double=HOSTILE[way]), HASTY)
    earned = {record.check for record in result.verdict.checks if record.points}
    assert not earned & {"test_double", "test_double_of_lists"}
    assert "alert(1)</" not in result.notebook.decode()


def test_what_follows_a_disaster_still_counts(graded: Grade, submission: Submit) -> None:
    result = graded(
        submission(
            "print('the end')",
            double="import os\nprint('last words', flush=True)\nos._exit(0)",
        )
    )
    assert result.verdict.points == 3
    assert result.verdict.needs_review
    assert "last words" in result.notebook.decode()
    assert "the end" in result.notebook.decode()
    assert "What the grader noticed" in result.notebook.decode()


def test_chatter_costs_nothing(graded: Grade, submission: Submit) -> None:
    noise = "import logging, sys, warnings\n"
    loud = "    warnings.warn('x'); logging.error('x'); print('x', file=sys.stderr)\n"
    result = graded(
        submission(
            double=f"{noise}{loud.strip()}\ndef double(x):\n{loud}    return x + x",
            mean="import numpy as np\ndef mean(values):\n    return np.float64(np.mean(values))",
        )
    )
    assert result.verdict.points == 5
    assert not result.verdict.needs_review


# --- annotating -----------------------------------------------------------------------------------


def test_annotating_tells_what_is_for_students_only(tiny_pristine: Any) -> None:
    notebook = copy.deepcopy(tiny_pristine)
    detail = {"detail": "SECRET", "hint": "<b>hint", "message": "one\n</pre><script>"}
    records = tuple(
        CheckRecord("test_<x>", "<i>title", "test-mean", outcome, 0.0, 0.5, **detail)
        for outcome in Outcome
    )
    annotate(notebook, NotebookVerdict("tiny", records, (Oddity("x", "<script>odd"),)))
    nbformat.validate(notebook)
    text = json.dumps(notebook)
    assert "SECRET" not in text
    html = [
        output["data"]["text/html"] for cell in notebook.cells for output in cell.get("outputs", [])
    ]
    assert len(html) == 2
    for bad in ("<script", "<i>", "<b>", "</pre><script"):
        assert not any(bad in part for part in html)
    assert "0 of 2 points" in html[1]


# --- messages of checks ---------------------------------------------------------------------------


def test_expecting() -> None:
    expect(True, "so")
    with pytest.raises(Failure, match="so"):
        expect(False, "so")
    assert expect_type({}, dict) == {}
    assert expect_type(True, bool) is True
    for value, kind in ((True, int), (1, str), (True, (int, float)), (None, dict)):
        with pytest.raises(Failure, match="the result should be of type"):
            expect_type(value, kind)
    array = np.zeros((2, 3), "float32")
    assert expect_array(array, (2, 3), "f") is array
    for arguments in (([0],), (array, (3, 2)), (array, None, "iu")):
        with pytest.raises(Failure, match="it should"):
            expect_array(*arguments, name="it")


def test_mismatches() -> None:
    mismatch = Mismatch([1], np.array([2.0]), given="f(1)")
    assert mismatch.message == "given:    f(1)\nexpected: [1]\nbut got:  [2.]"


def tree(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value] * 30
    return value


@pytest.mark.parametrize(
    "value",
    [
        list(range(10**6)),
        dict.fromkeys(range(10**5), "x" * 50),
        "x" * 10**7,
        b"x" * 10**7,
        10**4200,
        np.zeros((8,) * 8, "u1"),
        [np.zeros((6,) * 8, "u1")],
        np.array(["x" * 10**6] * 4),
        np.zeros((1,) * 32),
        tree(20),
    ],
    ids=lambda value: type(value).__name__,
)
def test_long_values_are_shortened(value: Any) -> None:
    assert len(shorten(value)) <= 300
    assert len(shorten(value, 50)) <= 50


@pytest.mark.parametrize(
    "value", [1, "é'", None, [], (), (1,), set(), {}, {1: [2, (3,)]}, {1}, b"x", float("nan")]
)
def test_short_values_are_shown_as_python_writes_them(value: Any) -> None:
    assert shorten(value) == repr(value)


def test_arrays_are_told_from_lists() -> None:
    assert shorten([np.arange(2), [0, 1]]) == "[array([0, 1]), [0, 1]]"
    assert shorten({1: np.zeros(1)}) == "{1: array([0.])}"
    assert shorten(np.zeros((1,) * 5)) == "array of shape (1, 1, 1, 1, 1): 0.0, ..."


def test_a_message_stands_once_in_a_cell(tiny_pristine: Any) -> None:
    notebook = copy.deepcopy(tiny_pristine)
    messages = ("same\nfor both", "", "other", "", "same\nfor both")
    records = tuple(
        CheckRecord("test_x", f"check {number}", "test-mean", Outcome.FAILED, 0.0, 1.0, message)
        for number, message in enumerate(messages)
    )
    annotate(notebook, NotebookVerdict("tiny", records, ()))
    (data,) = [output["data"] for cell in notebook.cells for output in cell.get("outputs", [])]
    for form in ("text/plain", "text/html"):
        assert data[form].count("for both") == data[form].count("As above.") == 1
        assert data[form].index("check 4") < data[form].index("As above.")
