"""Why a function is missing: what became of the cell that was to define it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from glovebox.limits import Limits
from glovebox.missing import Missing
from glovebox.session import Execution


def error(name: str, text: str = "") -> dict[str, Any]:
    return {"output_type": "error", "ename": name, "evalue": text, "traceback": []}


def missing(*cells: tuple[str, Execution | str]) -> Missing:
    """Of a notebook with these cells: sources, and how each ended or why it was not run."""
    ends = dict(enumerate(end for _, end in cells))
    run: Any = SimpleNamespace(
        notebook=new_notebook(cells=[new_code_cell(source) for source, _ in cells]),
        limits=Limits(cell=60),
        executions={k: end for k, end in ends.items() if isinstance(end, Execution)},
        left_out={k: end for k, end in ends.items() if isinstance(end, str)},
    )
    return Missing(run)


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (Execution(finished=True), ""),
        (Execution([error("ValueError", "caught")], finished=True), ""),
        (Execution([error("MemoryError")]), "its cell stopped with MemoryError"),
        (Execution(told=error("KeyError", "1")), "its cell stopped with KeyError: 1"),
        (
            Execution([error("KeyError", "first"), error("KeyError", "2")]),
            "its cell stopped with KeyError: 2",
        ),
        (
            Execution([error("SyntaxError", "invalid syntax (2345.py, line 1)")]),
            "its cell stopped with SyntaxError: invalid syntax (line 1)",
        ),
        (
            Execution([error("KeyboardInterrupt")], timed_out=True, seconds=7.2),
            "its cell was interrupted after 7 seconds",
        ),
        (Execution(ended="its process ended"), "the kernel died in its cell: its process ended"),
        ("the kernel died too often", "its cell was not run: the kernel died too often"),
    ],
)
def test_how_its_cell_ended(end: Execution | str, words: str) -> None:
    assert missing(("def double(x): return 2 * x", end)).why("double") == words


@pytest.mark.parametrize(
    "source",
    [
        "def double(x:\n    return 2 * x",
        "double = lambda x: 2 * x",
        "if True:\n    def double(x): return 2 * x",
        "from helper import double",
        "try:\n    from helper import (mean, double)\nexcept ImportError:\n    raise",
        "%nosuchmagic\nasync def double(x): return 2 * x",
    ],
)
def test_a_name_can_be_given_in_many_ways(source: str) -> None:
    assert missing((source, Execution([error("KeyError")]))).why("double")


def test_only_the_cell_that_defines_it_tells_and_the_last_of_them() -> None:
    stopped = Execution([error("KeyError")])
    found = missing(
        ("def double(x): return 2 * x", stopped),
        ("def double(x): return x + x", Execution([error("ValueError")])),
        ("double(2)\ndoubled = 4\n# def double", stopped),
    )
    assert found.why("double") == "its cell stopped with ValueError"
    assert found.why("triple") == ""
    assert found.why("mean") == ""


def test_what_is_run_later_is_looked_at_when_it_was_run() -> None:
    found = missing(("def double(x): return 2 * x", Execution(finished=True)))
    assert found.why("double") == ""
    found._run.notebook.cells.append(new_code_cell("def double(x): return 1 / 0"))
    found._run.executions[1] = Execution([error("ValueError")])
    assert found.why("double") == "its cell stopped with ValueError"


def test_a_cell_that_ended_well_is_not_to_blame_and_nor_is_one_before_it() -> None:
    stopped = Execution([error("KeyError")])
    source = "def double(x): return 2 * x"
    found = missing((source, stopped), (source, Execution(finished=True)), ("del double", stopped))
    assert found.why("double") == ""


@pytest.mark.parametrize(
    "source", ["%%capture\n1 / 0\ndef double(x): pass", "%run double.py\ndouble = 1"]
)
def test_magics_that_keep_an_exception_to_themselves(source: str) -> None:
    shown = Execution([error("ZeroDivisionError")], finished=True)
    assert missing((source, shown)).why("double") == "its cell stopped with ZeroDivisionError"


def test_hostile_cells_are_looked_through_at_once() -> None:
    stopped = Execution([error("KeyError")])
    awkward = ["%time a = 1\n" * 50_000, " " * 10**6, "from " * 200_000, "double " * 150_000]
    found = missing(*((f"# double\n{source}", stopped) for source in awkward))
    assert found.why("double") == ""
