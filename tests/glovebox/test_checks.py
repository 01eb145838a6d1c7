"""The checks: what one must declare, in what order they run, and what each way to end is worth."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

import hypothesis
import pytest
from nbformat import NotebookNode

from glovebox.assignment import AssignmentBundle
from glovebox.declaration import ChecksError
from glovebox.grade import run_checks
from glovebox.inside.agent import Agent
from glovebox.limits import Limits
from glovebox.parse import parse_notebook
from glovebox.rebuild import rebuild
from glovebox.verdict import CheckRecord, Oddity, Outcome

Bundle = Callable[..., AssignmentBundle]


class Run:
    """Stands for a notebook's run; its cells run in this process, without a kernel."""

    def __init__(self, notebook: NotebookNode) -> None:
        self.notebook = notebook
        self.limits = Limits()
        self.oddities: list[Oddity] = []
        self.started = 1
        self.executions: dict[int, Any] = {}
        self.left_out: dict[int, str] = {}
        self.cells = {
            cell.metadata["nbgrader"]["grade_id"]: index
            for index, cell in enumerate(notebook.cells)
            if "nbgrader" in cell.metadata
        }
        self.advanced: list[str] = []
        self._done = 0
        self._names: dict[str, Any] = {"__name__": "__main__"}
        self._agent = Agent(self._names)

    def advance_to(self, grade_id: str) -> None:
        self.advanced.append(grade_id)
        for cell in self.notebook.cells[self._done : self.cells[grade_id] + 1]:
            if cell.cell_type == "code" and "assert" not in cell.source:
                exec(cell.source, self._names)
        self._done = max(self._done, self.cells[grade_id] + 1)

    def ask(self, message: Sequence[bytes], timeout: float, read: Callable[..., Any]) -> Any:
        return read(self._agent.answer(message))

    def grade_cell(self) -> str:
        return ""


@pytest.fixture
def check(
    tiny_bundle: Bundle, tiny_pristine: NotebookNode, submission: Callable[..., bytes]
) -> Callable[..., dict[str, CheckRecord]]:
    """Run checks over the solved notebook with some answers replaced; their records by name."""

    def run(
        checks: str | None = None, seed: int = 5, mutated: str = "", **answers: str
    ) -> dict[str, CheckRecord]:
        submitted, _ = parse_notebook(submission(**answers))
        notebook = Run(rebuild(tiny_pristine, submitted).notebook)
        bundle = tiny_bundle() if checks is None else tiny_bundle(HEAD + checks)
        records = run_checks(bundle, notebook, seed, mutated)  # type: ignore[arg-type]
        run.advanced = notebook.advanced  # type: ignore[attr-defined]
        return {record.check: record for record in records}

    return run


HEAD = """
import random
import hypothesis
import pytest
from hypothesis import given, strategies as st
from glovebox import Failure, Mismatch, expect
from glovebox.failures import Doubtful

def check(cell="test-double", points=1, **keywords):
    def mark(function):
        function.__doc__ = function.__doc__ or function.__name__
        function = pytest.mark.grade_cell(cell)(function)
        return pytest.mark.points(points, **keywords)(function)
    return mark
"""

Check = Callable[..., dict[str, CheckRecord]]


def test_a_solved_notebook_earns_everything(check: Check) -> None:
    records = check()
    assert [record.outcome for record in records.values()] == [Outcome.PASSED] * 3
    assert [record.points for record in records.values()] == [1.5, 0.5, 3]
    assert not any(record.hint or record.message or record.detail for record in records.values())


def test_a_plain_assert_says_nothing_to_the_student(check: Check) -> None:
    record = check(mean="def mean(values): return 4")["test_mean"]
    assert (record.outcome, record.points) == (Outcome.FAILED, 0)
    assert record.message == "The result is not what the exercise asks for."
    assert record.hint == "Divide by how many there are."
    assert "SECRET" in record.detail
    assert "SECRET" not in record.message + record.hint + record.title


HINTS = """
@check(hint="Twice means two times.")
def test_one(student):
    expect(student.double(1) == 2, "1 doubled is 2.")

@check(hint="Lists can be doubled, too.")
def test_list(student):
    expect(student.double([1]) == [1, 1], "A list should be repeated.")
"""


@pytest.mark.parametrize(
    ("double", "hints"),
    [
        ("def double(x): return None", ["Twice means two times.", "Lists can be doubled, too."]),
        # An exception in one check is what its hint is about; the same in all is not.
        ("def double(x): return 2 * int(x)", ["", "Lists can be doubled, too."]),
        ("def double(x): return 2 * y", ["", ""]),
        ("def double(x): raise NotImplementedError()", ["", ""]),
        ("def doble(x): return 2 * x", ["", ""]),
        ("def double(x): return object", ["Twice means two times.", "Lists can be doubled, too."]),
    ],
)
def test_hints_do_not_lead_astray(check: Check, double: str, hints: list[str]) -> None:
    records = check(HINTS, double=double)
    assert [record.hint for record in records.values()] == hints


REVEALING = """
@check(hint="Twice means two times.", reveal="{reveal}")
def test_two(student):
    if student.double(21) != 42:
        raise Mismatch(42, student.double(21), given="double(21)")
"""
MISMATCH = "given:    double(21)\nexpected: 42\nbut got:  21"


@pytest.mark.parametrize(
    ("reveal", "message", "hint"),
    [
        ("example", MISMATCH, "Twice means two times."),
        ("hint", "", "Twice means two times."),
        ("nothing", "", ""),
    ],
)
def test_a_check_reveals_as_much_as_it_says(
    check: Check, reveal: str, message: str, hint: str
) -> None:
    checks = REVEALING.replace("{reveal}", reveal)
    record = check(checks, double="def double(x): return x")["test_two"]
    assert (record.message, record.hint) == (message, hint)
    # What the student's own code says is no secret.
    raised = check(checks, double="def double(x): return x.y")["test_two"]
    assert "AttributeError" in raised.message


def test_a_check_that_could_not_decide_says_so_whatever_it_reveals(check: Check) -> None:
    broken = """
@check(reveal="nothing")
def test_broken(student):
    raise Doubtful("the evidence contradicts itself")
"""
    record = check(broken)["test_broken"]
    assert (record.outcome, record.points) == (Outcome.ERROR, 0)
    assert record.message == "The check could not decide; a person will look at it."


def test_how_much_is_revealed_must_be_known(check: Check) -> None:
    with pytest.raises(ChecksError, match='"example" or "hint" or "nothing", not \'all\''):
        check(REVEALING.replace("{reveal}", "all"))


def test_work_that_is_right_in_part_earns_a_part(check: Check) -> None:
    partly = """
from glovebox import Partly

@check(points=2, hint="Twice.")
def test_part(student):
    raise Partly("About a third of it is right.", 0.3333)
"""
    record = check(partly)["test_part"]
    assert (record.outcome, record.points, record.max_points) == (Outcome.FAILED, 0.67, 2)
    assert (record.message, record.hint) == ("About a third of it is right.", "Twice.")


def test_what_is_not_written_yet_is_called_that(check: Check) -> None:
    message = check(HINTS, double="def double(x): raise NotImplementedError()")["test_list"].message
    assert message == "`double` is not written yet: it raises NotImplementedError."


def test_the_smallest_example_reaches_the_student(check: Check) -> None:
    records = check(double="def double(x): return 2 * x if x < 7 else 0")
    assert records["test_double"].message == "given:    double(7)\nexpected: 14\nbut got:  0"
    assert "Falsifying" not in records["test_double"].message
    assert records["test_double_of_lists"].outcome is Outcome.NOT_RUN
    assert records["test_double_of_lists"].points == 0
    assert "Doubles any number" in records["test_double_of_lists"].message
    assert records["test_mean"].outcome is Outcome.PASSED


def test_what_the_students_code_raises_is_told(check: Check) -> None:
    record = check(mean="def mean(values): raise ValueError('\\ud800\\0\\x1b[31m' + 'x' * 9999)")
    message = record["test_mean"].message
    assert message.startswith("`mean` raised ValueError: \ufffd[31mx")
    assert len(message) < 5_000


WAYS = {
    "raise Failure('so')": (Outcome.FAILED, "so"),
    "raise Mismatch(1, 2)": (Outcome.FAILED, "expected: 1\nbut got:  2"),
    "expect(False, 'so')": (Outcome.FAILED, "so"),
    "assert student.double(1) == 3": (Outcome.FAILED, None),
    "pytest.fail('SECRET')": (Outcome.FAILED, None),
    "import numpy as np; np.testing.assert_array_equal(1, 2)": (Outcome.FAILED, None),
    "student.triple(1)": (Outcome.FAILED, "`triple` is not defined."),
    "raise Doubtful('SECRET')": (Outcome.ERROR, None),
    "1 / 0": (Outcome.ERROR, None),
    "raise SystemExit": (Outcome.ERROR, None),
    "raise MemoryError": (Outcome.ERROR, None),
    "pytest.skip('SECRET')": (Outcome.ERROR, None),
    "pytest.xfail('SECRET')": (Outcome.FAILED, None),
    "pytest.importorskip('nothing')": (Outcome.ERROR, None),
    "student.double(object())": (Outcome.ERROR, None),
    "raise BaseExceptionGroup('x', [Failure('so'), ValueError()])": (Outcome.ERROR, None),
    "raise ExceptionGroup('x', [Failure('so'), Failure('no')])": (Outcome.FAILED, "so"),
}


def test_ways_to_end(check: Check) -> None:
    bodies = enumerate(WAYS)
    records = check(
        "".join(f"@check()\ndef test_{i}(student):\n    {body}\n" for i, body in bodies)
    )
    for record, (body, (outcome, message)) in zip(records.values(), WAYS.items(), strict=True):
        assert record.outcome is outcome, body
        assert record.points == 0
        assert record.max_points == 1
        assert record.message == message if message else "SECRET" not in record.message
        assert record.detail


PLACES = {
    "setup": "@pytest.fixture\ndef odd():\n    {}\n    yield",
    "teardown": "@pytest.fixture\ndef odd():\n    yield\n    {}",
    "module": "@pytest.fixture(scope='module')\ndef odd():\n    yield\n    {}",
}


@pytest.mark.parametrize("place", PLACES)
def test_broken_fixtures_are_errors(place: str, check: Check) -> None:
    records = check(
        f"{PLACES[place].format('1 / 0')}\n"
        "@check()\ndef test_it(odd): pass\n"
        "@check('test-mean')\ndef test_other(): pass\n"
    )
    # What ends with the module ends with its last check.
    broken, sound = ("test_other", "test_it") if place == "module" else ("test_it", "test_other")
    assert records[broken].outcome is Outcome.ERROR
    assert records[broken].points == 0
    assert records[sound].outcome is Outcome.PASSED


def test_a_broken_end_does_not_excuse_a_failure(check: Check) -> None:
    fixture = PLACES["teardown"].format("1 / 0")
    record = check(f"{fixture}\n@check()\ndef test_it(odd): raise Failure('so')\n")["test_it"]
    assert (record.outcome, record.message) == (Outcome.FAILED, "so")


def test_a_failure_in_a_shared_fixture_fails_all_that_use_it(check: Check) -> None:
    records = check(
        "@pytest.fixture(scope='module')\ndef made(student): return student.missing()\n"
        "@check()\ndef test_a(made): pass\n@check()\ndef test_b(made): pass\n"
    )
    assert {record.message for record in records.values()} == {"`missing` is not defined."}


def test_marks_that_would_let_a_check_off_do_not(check: Check) -> None:
    records = check(
        "@pytest.mark.skip\n@check()\ndef test_a(): pass\n"
        "@pytest.mark.xfail\n@check()\ndef test_b(): raise Failure('so')\n"
        "@pytest.mark.xfail(strict=True)\n@check()\ndef test_c(): raise Failure('so')\n"
    )
    assert [record.points for record in records.values()] == [0, 0, 0]


def test_a_check_that_never_reports_is_an_error(check: Check) -> None:
    records = check(
        "@check()\ndef test_a(request): request.session.shouldfail = 'so'\n"
        "@check()\ndef test_b(): pass\n"
    )
    assert records["test_b"].outcome is Outcome.ERROR
    assert records["test_b"].points == 0
    assert "did not report" in records["test_b"].message


def test_needs(check: Check) -> None:
    records = check(
        "@check()\ndef test_a(student): 1 / 0\n"
        "@pytest.mark.needs('test_a')\n@check()\ndef test_b(): pass\n"
        "@pytest.mark.needs('test_b')\n@check()\ndef test_c(): pass\n"
        "@pytest.mark.needs('test_e', 'test_a')\n@check('test-mean')\ndef test_d(): pass\n"
        "@check()\ndef test_e(): pass\n"
    )
    outcomes = [records[f"test_{name}"].outcome for name in "abcde"]
    assert outcomes == [Outcome.ERROR, *[Outcome.NOT_RUN] * 3, Outcome.PASSED]


def test_checks_run_in_the_order_of_the_notebook(check: Check) -> None:
    records = check(
        "@check('test-mean')\ndef test_a(student): student.mean([1])\n"
        "@check('test-double')\ndef test_z(student):\n"
        "    with pytest.raises(Failure): student.mean([1])\n"
        "@check('test-double')\ndef test_b(student): student.double(1)\n"
    )
    assert list(records) == ["test_z", "test_b", "test_a"]
    assert check.advanced == ["test-double", "test-double", "test-mean"]  # type: ignore[attr-defined]
    assert {record.outcome for record in records.values()} == {Outcome.PASSED}


def test_of_a_mutant_only_what_can_tell_of_it_is_run(check: Check) -> None:
    checks = (
        "@check()\ndef test_a(): raise Failure('so')\n"
        "@pytest.mark.needs('test_a')\n@check('test-mean')\ndef test_b(student):\n"
        "    expect(student.double(student.mean([1])) == 2, 'so')\n"
        "@check('test-mean')\ndef test_c(): raise Failure('so')\n"
        "@check('test-mean')\ndef test_d(): pass\n"
    )
    records = check(checks, mutated="mean")
    assert {name: record.outcome for name, record in records.items()} == {
        "test_b": Outcome.PASSED,
        "test_c": Outcome.FAILED,
        "test_d": Outcome.ERROR,
    }
    assert check.advanced == ["test-mean", "test-mean"]  # type: ignore[attr-defined]
    assert [*check(checks, mutated="double")] == ["test_a", "test_b", "test_c", "test_d"]
    assert check.advanced == ["test-double"]  # type: ignore[attr-defined]


def test_parameters_make_checks_of_their_own(check: Check) -> None:
    records = check(
        "@pytest.mark.parametrize('x', [1, 2])\n@check(points=2)\n"
        "def test_it(x): expect(x == 1, 'so')\n"
    )
    assert {name: record.points for name, record in records.items()} == {
        "test_it[1]": 2,
        "test_it[2]": 0,
    }


CHANCE = """
import random
seen = []
@check()
@given(st.integers())
def test_it(number):
    seen.append(number)
    expect(len(seen) < 15, "")
@check()
def test_told():
    raise Failure(str(seen[:15]))
"""


@pytest.mark.parametrize("profile", ["default", "ci"])
def test_the_seed_decides_what_is_generated(profile: str, check: Check) -> None:
    hypothesis.settings.load_profile(profile)
    seen = [check(CHANCE, seed=seed)["test_told"].message for seed in (1, 1, 2)]
    assert seen[0] == seen[1] != seen[2]


LARGE = """
import weakref
kept, most = weakref.WeakSet(), [0]
class Large: pass
def refuse(large):
    raise Mismatch(1, 2)
@check()
@given(st.lists(st.integers(0, 1000), min_size=20))
def test_it(numbers):
    large = Large()
    kept.add(large)
    most[0] = max(most[0], len(kept))
    try:
        refuse(large)
    except Mismatch as error:
        if sum(numbers) > 500:
            raise Failure("large") from error
@check()
def test_told():
    raise Failure(str(most[0]))
"""


@pytest.mark.slow
def test_what_failing_examples_held_is_not_kept(check: Check) -> None:
    records = check(LARGE)
    assert records["test_it"].message == "large"
    # There is the one at hand, and one may be on its way.
    assert int(records["test_told"].message) <= 3


FLAKY = "import itertools\ncount = itertools.count()\ndef double(x): return x * (next(count) % {})"


@pytest.mark.parametrize("period", [3, 7])
def test_a_function_that_fails_now_and_then_does_not_pass(period: int, check: Check) -> None:
    record = check(double=FLAKY.format(period))["test_double"]
    assert record.outcome in (Outcome.FAILED, Outcome.ERROR)
    assert record.points == 0


def test_counting_calls_gains_nothing(check: Check) -> None:
    counting = "n = 0\ndef double(x):\n    global n; n += 1\n    return 2 * x if n < 5 else None"
    assert check(double=counting)["test_double"].points == 0


def test_nothing_is_left_for_the_next_submission(check: Check) -> None:
    keeping = (
        "seen = []\n@check()\ndef test_it():\n    seen.append(1)\n    expect(seen == [1], 'so')"
    )
    before = set(sys.modules)
    for _ in range(2):
        assert check(keeping)["test_it"].outcome is Outcome.PASSED
    assert not {name for name in set(sys.modules) - before if "tiny" in name}
    # Other checks in a module of the same name are really other ones.
    assert list(check("@check()\ndef test_new(): pass")) == ["test_new"]


def test_options_of_the_machine_play_no_part(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_ADDOPTS", "-k nothing --maxfail=1")
    monkeypatch.setenv("PYTEST_PLUGINS", "no_such_plugin")
    monkeypatch.setenv("PYTHONWARNINGS", "error")
    assert len(check()) == 3
    assert os.environ["PYTEST_ADDOPTS"] == "-k nothing --maxfail=1"
    assert "HYPOTHESIS_STORAGE_DIRECTORY" not in os.environ


BROKEN = {
    "@pytest.mark.points(1)\ndef test_it():\n    'x'": "grade_cell",
    "@pytest.mark.grade_cell('test-double', 2)\n@pytest.mark.points(1)\ndef test_it():\n    'x'":
        "grade_cell",
    "@pytest.mark.grade_cell('test-double')\ndef test_it():\n    'x'": "points",
    "@check(points=0)\ndef test_it(): pass": "points",
    "@check(points=-1)\ndef test_it(): pass": "points",
    "@check(points=float('nan'))\ndef test_it(): pass": "points",
    "@check(points='5')\ndef test_it(): pass": "points",
    "@check(cell='nowhere')\ndef test_it(): pass": "no grade cell 'nowhere'",
    "@pytest.mark.grade_cell('test-double')\n@pytest.mark.points(1)\ndef test_it(): pass":
        "docstring",
    "@pytest.mark.needs('test_gone')\n@check()\ndef test_it(): pass": "test_gone",
    "@pytest.mark.unknown\n@check()\ndef test_it(): pass": "unknown",
    "@check()\ndef test_it(studnt): 'It works'": "there is no fixture 'studnt'",
    "import no_such_module": "no_such_module",
    "def test_it(:": "SyntaxError",
    "1 / 0": "ZeroDivisionError",
    "": "cannot be run",
    "@check()\ndef test_it(): pytest.exit('so')": "cannot be run",
    "@check()\ndef test_it(): raise KeyboardInterrupt": "cannot be run",
}  # fmt: skip


@pytest.mark.parametrize("source", BROKEN)
def test_checks_that_cannot_be_run_are_nobodys_mark(source: str, check: Check) -> None:
    with pytest.raises(ChecksError, match=r"test_tiny\.py cannot be run") as raised:
        check(source)
    assert BROKEN[source] in str(raised.value)


# --- at a shell -----------------------------------------------------------------------------------

pytest_plugins = ["pytester"]


@pytest.fixture
def course(
    pytester: pytest.Pytester, tiny_source: bytes, tiny_bundle: Bundle, submission: Any
) -> pytest.Pytester:
    """A course folder with one solved and one wrong submission."""
    for name, content in {
        "source/tiny/tiny.ipynb": tiny_source,
        "tests/hidden/test_tiny.py": tiny_bundle().checks["test_tiny.py"],
        "solved/tiny.ipynb": submission(),
        "wrong/tiny.ipynb": submission(double="def double(x): return 0"),
        "twice/a/tiny.ipynb": submission(),
        "twice/b/tiny.ipynb": submission(),
        "other/else.ipynb": b"{}",
        "pytest.ini": b"[pytest]\naddopts = -p no:cacheprovider\n",
    }.items():
        path = pytester.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return pytester


def grade_at_shell(course: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return course.runpytest_inprocess("tests/hidden", *arguments)


@pytest.mark.slow
def test_grading_at_a_shell(course: pytest.Pytester) -> None:
    result = grade_at_shell(course, "--submission", "wrong/tiny.ipynb")
    result.assert_outcomes(passed=1, failed=1, skipped=1)
    result.stdout.fnmatch_lines(["*expected: 2*", "tiny: 3 of 5 points"])


def test_a_check_alone_at_a_shell(course: pytest.Pytester) -> None:
    result = grade_at_shell(course, "--submission", "solved", "-k", "mean")
    result.assert_outcomes(passed=1, deselected=2)
    result.stdout.fnmatch_lines(["tiny: 3 of 5 points"])


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ("nowhere", "*there is no such file or folder*"),
        ("other", "*no notebook of the course is there (tiny.ipynb)*"),
        ("twice", "*are both tiny.ipynb; name one of them*"),
    ],
)
def test_mistakes_at_a_shell(named: str, words: str, course: pytest.Pytester) -> None:
    result = grade_at_shell(course, "--submission", named)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([words])


def test_without_a_submission_nothing_is_graded(course: pytest.Pytester) -> None:
    result = grade_at_shell(course)
    result.assert_outcomes(errors=3)
    result.stdout.fnmatch_lines(["*say what to grade: --submission*"])
