"""``glovebox check``: a student is told what would go wrong, and nothing else."""

from __future__ import annotations

import ast
import copy
import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import nbformat
import pytest
from click.testing import CliRunner, Result
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output

from glovebox import selfcheck
from glovebox.checkcli import NO_MARK
from glovebox.cli import main
from glovebox.errors import UserError
from glovebox.limits import Limits
from glovebox.outputs import Execution
from glovebox.released import with_copy
from glovebox.remarks import ADVICE, AFTERWARDS, HARMLESS
from glovebox.selfcheck import Report, check
from glovebox.session import KernelDied
from glovebox.stub import CODE_STUB

STUB = "def double(x):\n    " + CODE_STUB.replace("\n", "\n    ")
Notebook = dict[str, Any]
Find = Callable[[Any, str], Any]


class Pretended:
    """Stands for a kernel: runs cells in this process, on a clock of its own."""

    note = ""
    now = 0.0
    memory = 100
    modules: ClassVar[list[str]] = []

    def __init__(self, limits: Limits, data: Mapping[str, bytes], modules: Sequence[str]) -> None:
        Pretended.modules = list(modules)
        self.alive = self.lost = False
        self.data = data
        self.names: dict[str, Any] = {}

    def start(self) -> None:
        self.alive, self.names = True, {"beside": set(self.data)}

    def kill(self) -> None:
        self.alive = False

    def clock(self) -> float:
        return Pretended.now

    def execute(self, source: str, timeout: float) -> Execution:
        execution = Execution(output_cut="# floods" in source)
        if "# dies" in source:
            self.alive = False
            raise KernelDied("its process ended", execution)
        took = float(source.partition("# takes ")[2] or 0)
        Pretended.now += min(took, timeout)
        execution.timed_out = took > timeout
        try:
            exec("raise KeyboardInterrupt" if execution.timed_out else source, self.names)
        except BaseException as error:
            where = ["\x1b[31m---\x1b[39m", f"\x1b[32m----> 1\x1b[39m {source.splitlines()[-1]}"]
            failed = new_output(
                "error", ename=type(error).__name__, evalue=str(error), traceback=where
            )
            execution.outputs = [failed]
        else:
            execution.finished = True
        return execution


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Where a student works: a folder with the assignment's data file."""
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "data.txt").write_text("1")
    return folder


@pytest.fixture
def save(tiny_pristine: NotebookNode, desk: Path) -> Callable[..., Path]:
    """Save a notebook there that was released with a copy of itself."""
    text = with_copy(nbformat.writes(tiny_pristine), "tiny", ["data.txt"])
    about = json.loads(text)["metadata"]["glovebox"]

    def write(notebook: Notebook, name: str = "tiny.ipynb", with_it: bool = True) -> Path:
        metadata = {**notebook["metadata"], **({"glovebox": about} if with_it else {})}
        (desk / name).write_text(json.dumps({**notebook, "metadata": metadata}))
        return desk / name

    return write


@pytest.fixture
def look(save: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Report]:
    """Save and check a notebook with a pretended kernel."""
    monkeypatch.setattr(selfcheck, "OrdinarySession", Pretended)

    def saved_and_checked(notebook: Notebook, *arguments: Any, **keywords: Any) -> Report:
        return check(save(notebook, *arguments, **keywords))

    return saved_and_checked


def states(report: Report) -> dict[str, str]:
    return {exercise.cell: str(exercise.state) for exercise in report.exercises}


def own(notebook: Notebook, source: str, before: str = "") -> None:
    """Put a cell of the student's own before one of ours, or at the end."""
    names = [cell["id"] for cell in notebook["cells"]]
    place = names.index(before) if before else len(names)
    notebook["cells"].insert(place, json.loads(json.dumps(new_code_cell(source))))


def test_a_solved_notebook_is_fine(look: Callable[..., Report], handed_in: Notebook) -> None:
    own(handed_in, "# My own tries.\nassert double(4) == 8\nprint(open)", before="test-mean")
    report = look(handed_in)
    assert report.remarks == ()
    assert states(report) == {
        "test-double": "solved",
        "test-mean": "solved",
        "explain": "answered",
    }
    assert [exercise.points for exercise in report.exercises] == [2, 3, 4]
    assert {exercise.title for exercise in report.exercises} == {"Doubles and means"}
    assert report.rebuilt
    assert report.fine


def test_a_module_that_the_notebook_writes_is_there(
    look: Callable[..., Report], handed_in: Notebook, find: Find
) -> None:
    own(handed_in, "%%writefile twice.py\ndef twice(x):\n    return 2 * x", before="double")
    find(handed_in, "double")["source"] = "from twice import twice as double"
    assert "import" not in {remark.kind for remark in look(handed_in).remarks}


def test_a_released_notebook_is_not_attempted(
    look: Callable[..., Report], tiny_pristine: NotebookNode
) -> None:
    report = look(json.loads(json.dumps(tiny_pristine)))
    assert set(states(report).values()) == {"not attempted"}
    assert report.remarks == ()
    assert not report.fine


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def double(x):\n    return x", "this does not hold: assert double(2) == 4"),
        ("def double(x):\n    assert 0, '\x1b[2Jtwo\\nlines'", "�[2Jtwo lines"),
        ("def double(x):\n    return x + y", "NameError: name 'y' is not defined"),
        ("def double(x):\n    raise KeyError", "KeyError"),
        ("def double(x):\n    raise ValueError('x' * 1000)", "ValueError: " + "x" * 299 + "…"),
    ],
)
def test_what_an_example_says_is_told(
    look: Callable[..., Report], handed_in: Notebook, find: Find, source: str, said: str
) -> None:
    find(handed_in, "double")["source"] = source
    report = look(handed_in)
    assert states(report)["test-double"] == "not yet"
    assert report.exercises[0].message == said
    assert report.remarks == ()
    assert not report.fine


# --- remarks --------------------------------------------------------------------------------------


def setup_changed(notebook: Notebook, find: Find, desk: Path) -> None:
    find(notebook, "setup")["source"] = "LIMIT = 11"


def setup_deleted(notebook: Notebook, find: Find, desk: Path) -> None:
    notebook["cells"].remove(find(notebook, "setup"))


def two_deleted(notebook: Notebook, find: Find, desk: Path) -> None:
    setup_deleted(notebook, find, desk)
    notebook["cells"].remove(find(notebook, "intro"))


def answer_deleted(notebook: Notebook, find: Find, desk: Path) -> None:
    notebook["cells"].remove(find(notebook, "mean"))


def answer_twice(notebook: Notebook, find: Find, desk: Path) -> None:
    notebook["cells"].append(copy.deepcopy(find(notebook, "mean")))


def reversed_cells(notebook: Notebook, find: Find, desk: Path) -> None:
    notebook["cells"].reverse()


def answered_elsewhere(notebook: Notebook, find: Find, desk: Path) -> None:
    own(notebook, find(notebook, "double")["source"], before="double")
    find(notebook, "double")["source"] = STUB


def turned_to_text(notebook: Notebook, find: Find, desk: Path) -> None:
    find(notebook, "double")["cell_type"] = "raw"


def other_kernel(notebook: Notebook, find: Find, desk: Path) -> None:
    notebook["metadata"]["kernelspec"]["name"] = "mine"


def more_points(notebook: Notebook, find: Find, desk: Path) -> None:
    find(notebook, "test-mean")["metadata"]["nbgrader"]["points"] = 100


def labels_lost(notebook: Notebook, find: Find, desk: Path) -> None:
    del find(notebook, "mean")["metadata"]["nbgrader"]


def old_format(notebook: Notebook, find: Find, desk: Path) -> None:
    notebook["nbformat"] = 3


def cell_damaged(notebook: Notebook, find: Find, desk: Path) -> None:
    notebook["cells"].append(3)


def enormous_cell(notebook: Notebook, find: Find, desk: Path) -> None:
    own(notebook, "#" * 1_000_001)


def too_many_cells(notebook: Notebook, find: Find, desk: Path) -> None:
    notebook["cells"] += [{"cell_type": "raw", "source": "", "metadata": {}}] * 2_000


def renamed(notebook: Notebook, find: Find, desk: Path) -> None:
    find(notebook, "double")["source"] = "def dubble(x):\n    return 2 * x"


def crooked(notebook: Notebook, find: Find, desk: Path) -> None:
    find(notebook, "double")["source"] = "def double(:\n    return 2 * x"


def imports(notebook: Notebook, find: Find, desk: Path) -> None:
    find(notebook, "double")["source"] += "\ndef f():\n    import pandas"


def path(notebook: Notebook, find: Find, desk: Path) -> None:
    find(notebook, "double")["source"] += "\nHERE = '/home/ann/x'"


def network(notebook: Notebook, find: Find, desk: Path) -> None:
    own(notebook, "where = 'https://example.org/x.zip'")


def slow(notebook: Notebook, find: Find, desk: Path) -> None:
    find(notebook, "double")["source"] += "\n# takes 31"


def endless(notebook: Notebook, find: Find, desk: Path) -> None:
    own(notebook, "\nx = 1\n# takes 99", before="test-double")


def all_time_used(notebook: Notebook, find: Find, desk: Path) -> None:
    for _ in range(10):
        own(notebook, "# takes 30")
    own(notebook, "x = 1")


def floods(notebook: Notebook, find: Find, desk: Path) -> None:
    own(notebook, "# floods")


def dies(notebook: Notebook, find: Find, desk: Path) -> None:
    own(notebook, "# dies", before="test-double")


def breaks(notebook: Notebook, find: Find, desk: Path) -> None:
    own(notebook, "1 / 0")


def reads_own_file(notebook: Notebook, find: Find, desk: Path) -> None:
    (desk / "mine.csv").write_text("1")
    own(notebook, "assert 'data.txt' in beside\nraise OSError(\"there is no 'mine.csv'\")")


def hides_controls(notebook: Notebook, find: Find, desk: Path) -> None:
    own(notebook, "raise OSError('\x1b[2J')")


def work_breaks_ours(notebook: Notebook, find: Find, desk: Path) -> None:
    find(notebook, "double")["source"] += "\ndel LIMIT"
    find(notebook, "mean")["source"] += "\nprint(LIMIT)"


def other_name(notebook: Notebook, find: Find, desk: Path) -> None:
    (desk / "tiny.ipynb").unlink(missing_ok=True)


def second_copy(notebook: Notebook, find: Find, desk: Path) -> None:
    (desk / "tiny-Copy1.ipynb").write_text(json.dumps(notebook))
    (desk / "another.ipynb").write_text("{}")


def data_gone(notebook: Notebook, find: Find, desk: Path) -> None:
    (desk / "data.txt").unlink()


REMARKS = [
    (setup_changed, "edited", 'cell "setup" was changed; it is restored before grading'),
    (setup_deleted, "missing-cell", 'the locked cell "setup" is missing; what is missing is put'),
    (two_deleted, "missing-cell", '2 locked cells "intro", "setup" are missing; '),
    (answer_deleted, "missing-answer", 'answer cell "mean" is missing; it is graded as empty'),
    (answer_twice, "duplicate", 'answer cell "mean" appears twice; delete the copies'),
    (
        reversed_cells,
        "reordered",
        "the released cells were re-ordered; they are run in the released order",
    ),
    (answered_elsewhere, "answer-elsewhere", 'answer cell "double" was left as released; what you'),
    (turned_to_text, "cell-type", 'answer cell "double" was turned into a raw cell; turn it back'),
    (cell_damaged, "damaged", "one cell was damaged; open it"),
    (enormous_cell, "too-long", "a cell holds 1,000,001 characters; it is left out when graded"),
    (too_many_cells, "too-many-cells", "the notebook has 2010 cells; delete"),
    (renamed, "renamed", "defines no `double` (there is `dubble`); keep the name."),
    (crooked, "error", 'answer cell "double" stops with SyntaxError: '),
    (imports, "import", 'answer cell "double" imports pandas'),
    (path, "path", 'answer cell "double" names the path “/home/ann/x”'),
    (network, "network", "your cell “where = 'https://example.org/x.zip'” names the address"),
    (slow, "slow", 'answer cell "double" took 31 of the 60 seconds that a cell may take.'),
    (endless, "cell-timeout", "your cell “x = 1” was stopped at the 60 seconds of a cell."),
    (
        all_time_used,
        "notebook-timeout",
        "the notebook's 300 seconds were used up; what comes",
    ),
    (floods, "output-cut", "your cell “# floods” prints too much; 1 MB of it are kept."),
    (dies, "kernel-died", "the kernel died in your cell “# dies”: its process ended."),
    (breaks, "error", "your cell “1 / 0” stops with ZeroDivisionError: division by zero"),
    (reads_own_file, "error", "(mine.csv is no file of the assignment"),
    (hides_controls, "error", "your cell “raise OSError('�[2J')” stops with OSError: �[2J"),
    (work_breaks_ours, "error", 'answer cell "mean" stops with NameError'),
    (second_copy, "other-notebook", "tiny-Copy1.ipynb beside it holds cells of this assignment"),
    (data_gone, "missing-file", "data.txt is not beside the notebook; put it there again"),
]


@pytest.mark.parametrize(("spoil", "kind", "said"), REMARKS)
def test_what_would_go_wrong_is_remarked(
    spoil: Callable[[Notebook, Find, Path], None],
    kind: str,
    said: str,
    look: Callable[..., Report],
    handed_in: Notebook,
    find: Find,
    desk: Path,
) -> None:
    spoil(handed_in, find, desk)
    report = look(handed_in)
    (remark,) = report.remarks
    assert (remark.kind, remark.attention) == (kind, True)
    assert said in remark.message
    assert not report.fine


@pytest.mark.parametrize(
    ("spoil", "kind", "said"),
    [
        (other_kernel, "kernel", 'the notebook asks for the kernel "mine"; it is graded with'),
        (
            more_points,
            "points",
            'test cell "test-mean" claims 100 points; the instructor',
        ),
        (labels_lost, "recognised", 'answer cell "mean" had lost its label; it is known by its'),
        (old_format, "nbformat", "the notebook is not in notebook format 4; it is converted."),
    ],
)
def test_what_costs_nothing_is_told_and_is_fine(
    spoil: Callable[[Notebook, Find, Path], None],
    kind: str,
    said: str,
    look: Callable[..., Report],
    handed_in: Notebook,
    find: Find,
    desk: Path,
) -> None:
    spoil(handed_in, find, desk)
    report = look(handed_in)
    (remark,) = report.remarks
    assert (remark.kind, remark.attention) == (kind, False)
    assert said in remark.message
    assert report.fine
    assert set(states(report).values()) == {"solved", "answered"}


def test_another_name_is_remarked(look: Callable[..., Report], handed_in: Notebook) -> None:
    (remark,) = look(handed_in, "tiny (1).ipynb").remarks
    assert remark.message == (
        "tiny (1).ipynb has another name: it was released as tiny.ipynb, which is the name to hand "
        "in."
    )
    look(handed_in)
    (remark,) = look(handed_in, "tiny (1).ipynb").remarks
    assert "tiny.ipynb lies beside it, and would be graded in its place" in remark.message


def test_what_breaks_because_of_an_open_exercise_is_not_remarked(
    look: Callable[..., Report], handed_in: Notebook, find: Find
) -> None:
    find(handed_in, "double")["source"] = STUB.replace("# YOUR CODE HERE", "# later")
    own(handed_in, "print(double(3))", before="test-double")
    assert look(handed_in).remarks == ()


def test_no_cell_pays_for_the_first_import_of_a_library(
    look: Callable[..., Report], handed_in: Notebook
) -> None:
    look(handed_in)
    assert Pretended.modules == []
    own(handed_in, "from matplotlib import cm\nimport numpy as np, ast")
    assert look(handed_in).fine
    assert Pretended.modules == ["numpy", "matplotlib.pyplot"]


def test_more_memory_than_allowed_is_remarked(
    look: Callable[..., Report], handed_in: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Pretended, "memory", 7 << 29)
    (remark,) = look(handed_in).remarks
    assert remark.message == "it used 3.5 GiB of memory; 3 are allowed."


def test_every_kind_of_oddity_has_words_for_students() -> None:
    kinds = set()
    for name in ("parse", "rebuild", "tampering"):
        tree = ast.parse(Path(selfcheck.__file__).with_name(f"{name}.py").read_text())
        calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args)
        for call in calls:
            called = getattr(call.func, "id", getattr(call.func, "attr", ""))
            if called in ("Oddity", "_report") and isinstance(call.args[0], ast.Constant):
                kinds.add(call.args[0].value)
    assert kinds - {"unreadable"} == (ADVICE.keys() | HARMLESS.keys()) - {"notebook-timeout"}
    assert not ADVICE.keys() & HARMLESS.keys()
    assert AFTERWARDS.keys() <= kinds | {"cell-timeout", "kernel-died", "memory"}


# --- without a copy -------------------------------------------------------------------------------


@pytest.mark.parametrize("old_stub", [STUB, STUB.partition('("')[0] + "()", ""])
def test_an_older_release_is_checked_as_it_is(
    look: Callable[..., Report], handed_in: Notebook, find: Find, desk: Path, old_stub: str
) -> None:
    report = look(handed_in, with_it=False)
    assert not report.rebuilt
    assert report.fine
    find(handed_in, "double")["source"] = old_stub
    find(handed_in, "explain")["source"] = "YOUR ANSWER HERE"
    find(handed_in, "test-mean")["source"] = "assert 'data.txt' in beside and mean([1, 3]) == 2"
    report = look(handed_in, with_it=False)
    assert states(report) == {
        "test-double": "not attempted",
        "test-mean": "solved",
        "explain": "not attempted",
    }
    answer_twice(handed_in, find, desk)
    (remark,) = look(handed_in, with_it=False).remarks
    assert remark.message == 'the cell "mean" appears 2 times; delete the copies.'


def test_the_released_notebook_can_be_named(
    look: Callable[..., Report],
    save: Callable[..., Path],
    handed_in: Notebook,
    find: Find,
    tiny_pristine: NotebookNode,
    tmp_path: Path,
) -> None:
    released = tmp_path / "tiny.ipynb"
    released.write_text(json.dumps(tiny_pristine))
    find(handed_in, "test-mean")["source"] = "assert True"
    report = check(save(handed_in, with_it=False), released)
    assert report.rebuilt
    assert [remark.kind for remark in report.remarks] == ["edited"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the notebook is empty, and would be graded as empty; save it in Jupyter again"),
        (b'{"cells": [}', "the notebook is not valid JSON (line 1: Expecting value), and would"),
        (b"[" * 100_000, "the notebook is nested too deeply to be read, and would"),
        (b'{"cells": []}', "it holds no cell that is graded; name the notebook that was released"),
        (
            b'{"cells": [], "metadata": {"glovebox": {"released": "QlpoOTFBWSZTWQ=="}}}',
            "the copy of the released notebook in its metadata cannot be used (its end is missing)",
        ),
    ],
)
def test_what_cannot_be_checked_gets_one_sentence(desk: Path, content: bytes, said: str) -> None:
    (desk / "tiny.ipynb").write_bytes(content)
    result = CliRunner().invoke(main, ["check", str(desk / "tiny.ipynb")])
    assert result.exit_code == 2, result.output
    assert f"tiny.ipynb: {said}" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert not result.stdout


def test_a_notebook_that_is_not_there_or_too_large(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in (desk, desk / "tiny.ipynb"):
        with pytest.raises(UserError, match="there is no such notebook"):
            check(place)
    monkeypatch.setattr(selfcheck, "MAX_BYTES", 2)
    (desk / "tiny.ipynb").write_text("{ }")
    with pytest.raises(UserError, match="is larger than 0 MB"):
        check(desk / "tiny.ipynb")


# --- the command ----------------------------------------------------------------------------------


@pytest.fixture
def invoke(look: Callable[..., Report], desk: Path) -> Callable[..., Result]:
    """Run the command on the saved notebook, with a pretended kernel."""

    def run(*options: str) -> Result:
        return CliRunner().invoke(main, ["check", str(desk / "tiny.ipynb"), *options])

    return run


def test_the_command_says_what_is_done_and_that_it_is_no_mark(
    invoke: Callable[..., Result], save: Callable[..., Path], handed_in: Notebook, find: Find
) -> None:
    save(handed_in)
    result = invoke()
    assert result.exit_code == 0, result.output
    assert f"3 of 3 done. {NO_MARK}" in result.stdout
    find(handed_in, "double")["source"] = "def double(x):\n    assert 0, '[red]a[/] \x1b[2J'"
    for _ in range(13):
        own(handed_in, "1 / 0")
        handed_in["cells"][-1]["source"] += f" + {len(handed_in['cells'])}"
    save(handed_in)
    result = invoke()
    assert result.exit_code == 1
    assert "[red]a[/] �[2J" in result.stdout
    assert "\x1b" not in result.stdout
    assert result.stdout.count("ZeroDivisionError") == 10
    assert "and 3 more of the kind “error”" in result.stdout


def test_the_command_prints_json(
    invoke: Callable[..., Result], save: Callable[..., Path], handed_in: Notebook, find: Find
) -> None:
    find(handed_in, "mean")["source"] = "def mean(values):\n    import pandas\n    return 0"
    path = save(handed_in)
    result = invoke("--json")
    assert result.exit_code == 1
    said = json.loads(result.stdout)
    assert (said["notebook"], said["rebuilt"], said["fine"]) == (str(path), True, False)
    assert [one["state"] for one in said["exercises"]] == ["solved", "not yet", "answered"]
    assert [(one["kind"], one["attention"]) for one in said["remarks"]] == [("import", True)]


def test_the_command_says_that_it_could_not_rebuild(
    invoke: Callable[..., Result], save: Callable[..., Path], handed_in: Notebook
) -> None:
    save(handed_in, with_it=False)
    result = invoke()
    assert result.exit_code == 0
    assert re.search(r"no copy of what was released, .* \(--released FILE names", result.stdout)


def test_ctrl_c_is_no_accident(
    invoke: Callable[..., Result],
    save: Callable[..., Path],
    handed_in: Notebook,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupted(*_: Any) -> Any:
        raise KeyboardInterrupt

    killed: list[bool] = []
    monkeypatch.setattr(Pretended, "start", interrupted)
    monkeypatch.setattr(Pretended, "kill", lambda self: killed.append(True))
    save(handed_in)
    result = invoke()
    assert result.exit_code == 130
    assert "nothing of yours was changed" in result.stderr
    assert killed
