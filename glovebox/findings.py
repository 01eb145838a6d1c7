"""What a student should know before handing in, from a notebook that was rebuilt and run.

Nothing here is a mark: an exercise is solved as far as its visible examples can tell.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from glovebox.habits import habits
from glovebox.limits import Limits
from glovebox.match import Ours, definitions, ours_of
from glovebox.outputs import Execution
from glovebox.parse import printable
from glovebox.released import Released
from glovebox.remarks import Remark, of_oddity
from glovebox.run import CellRun
from glovebox.stub import UNWRITTEN
from glovebox.syntax import imports, names, written_module

_HEADING = re.compile(r"^#{1,6} +(.+)$", re.MULTILINE)
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_ARROW = re.compile(r"^-+> *\d+ +(.*\S)", re.MULTILINE)
_LENGTH = 300
"""Characters that are shown of what an exception says."""


class State(StrEnum):
    """How far an exercise is."""

    SOLVED = "solved"
    """Its examples pass."""
    NOT_YET = "not yet"
    NOT_ATTEMPTED = "not attempted"
    """All of its answer cells are as they were released, or missing."""
    ANSWERED = "answered"
    """Written work, which a person marks."""


@dataclass(frozen=True)
class Exercise:
    """One grade cell: how far its exercise is, and what its examples say about it."""

    cell: str
    title: str
    points: float
    state: State
    message: str = ""

    @property
    def done(self) -> bool:
        """Whether nothing is left to do, as far as can be seen."""
        return self.state in (State.SOLVED, State.ANSWERED)


@dataclass(frozen=True)
class Work:
    """A student's notebook after it was rebuilt and run."""

    run: CellRun
    released: Released
    unanswered: frozenset[str]
    beside: tuple[str, ...] = ()
    """Names of the files in the notebook's folder, the assignment's or not."""


def exercises(work: Work) -> list[Exercise]:
    """The exercises in the order of their grade cells."""
    found: list[Exercise] = []
    title = ""
    answers: list[str] = []
    earlier: list[str] = []
    for index, our in enumerate(ours_of(work.run.notebook)):
        labels = our.cell.metadata.get("nbgrader", {})
        if labels and our.cell.cell_type != "code" and not our.is_answer:
            title = (_HEADING.findall(our.cell.source) or [title])[-1]
        if our.is_answer:
            answers.append(our.grade_id)
        if not labels.get("grade"):
            continue
        # What looks at the whole of the work before it has no answer of its own.
        open_ones = [one for one in answers or earlier if one in work.unanswered]
        if open_ones and len(open_ones) == len(answers or earlier):
            state, said = State.NOT_ATTEMPTED, ""
        elif our.is_answer:
            state, said = State.ANSWERED, ""
        else:
            said = _failure(work.run.executions.get(index))
            if not said and open_ones and answers:
                said = f'answer cell "{open_ones[0]}" is as it was released.'
            state = State.NOT_YET if said else State.SOLVED
        points = labels.get("points")
        worth = float(points) if isinstance(points, int | float) else 0.0
        found.append(Exercise(our.grade_id, printable(title) or our.grade_id, worth, state, said))
        earlier += answers
        answers = []
    return found


def remarks(work: Work, found: Sequence[Exercise]) -> list[Remark]:
    """Everything else that a student should know, in the order of the cells.

    Args:
        work: the notebook.
        found: its exercises.
    """
    undone = {exercise.cell for exercise in found if not exercise.done}
    said = [of_oddity(oddity) for oddity in work.run.oddities if not oddity.cell]
    said = [remark for remark in said if remark.kind == "notebook-timeout"]
    present = frozenset().union(*(imports(our.cell.source) for our in _code(work.released)))
    code = [cell.source for cell in work.run.notebook.cells if cell.cell_type == "code"]
    present |= set(filter(None, map(written_module, code)))
    theirs = {our.grade_id: our for our in ours_of(work.released.notebook) if our.grade_id}
    defined = set[str]().union(*map(names, code))
    all_solved = True
    for index, our in enumerate(ours_of(work.run.notebook)):
        if our.grade_id in undone:
            all_solved = False
        if our.cell.cell_type != "code" or our.grade_id in work.unanswered:
            continue
        title, own = _title(our), our.is_answer or not our.grade_id
        if own:
            said += [
                Remark(one.kind, f"{title} {one.message}")
                for one in habits(our.cell.source, present)
            ]
        execution = work.run.executions.get(index)
        if our.is_answer and our.grade_id in theirs and not _is_opaque(our, execution):
            said += _renamed(theirs[our.grade_id], our, defined)
        if execution is None:
            continue
        said += _spent(title, execution, work.run.limits)
        # An example that fails is in the table, and what breaks after it may break because of it.
        if not our.is_test and (own or all_solved):
            said += _broken(title, our, execution, work)
    return list(dict.fromkeys(said))


def _code(released: Released) -> Iterator[Ours]:
    return (our for our in ours_of(released.notebook) if our.cell.cell_type == "code")


def _title(our: Ours) -> str:
    if our.grade_id:
        return our.title
    line = next((line for line in our.cell.source.split("\n") if line.strip()), "")
    return f"your cell “{printable(line.strip(), 50)}”"


def _failure(execution: Execution | None) -> str:
    """What keeps the examples from passing; empty if they pass."""
    if execution is None:
        return "it was not run: the time or the kernels were used up before."
    if execution.timed_out:
        return f"it was stopped after {execution.seconds:.0f} seconds."
    if execution.ended:
        return f"the kernel died while it ran: {execution.ended}."
    if execution.error is not None:
        return _said(execution.error)
    return "" if execution.finished else "it did not run to its end."


def _said(error: Mapping[str, Any]) -> str:
    """An exception in a line: an assertion's own message, or else the line that it stands in."""
    name, text = printable(error["ename"]), printable(" ".join(error["evalue"].split()), _LENGTH)
    if name != "AssertionError":
        return f"{name}: {text}" if text else name
    if text:
        return text
    lines = _ARROW.findall(_ANSI.sub("", "\n".join(error["traceback"])))
    return f"this does not hold: {printable(lines[0], _LENGTH)}" if lines else "an example fails."


def _spent(title: str, execution: Execution, limits: Limits) -> Iterator[Remark]:
    if execution.timed_out:
        yield Remark(
            "cell-timeout", f"{title} was stopped at the {limits.cell:g} seconds of a cell."
        )
    elif execution.seconds > limits.cell / 2:
        yield Remark(
            "slow",
            f"{title} took {execution.seconds:.0f} of the {limits.cell:g} seconds that a cell may "
            "take.",
        )
    if execution.output_cut:
        kept = f"{limits.output_bytes / 1e6:g} MB"
        yield Remark("output-cut", f"{title} prints too much; {kept} of it are kept.")


def _broken(title: str, our: Ours, execution: Execution, work: Work) -> Iterator[Remark]:
    error = execution.error
    if execution.ended:
        yield Remark("kernel-died", f"the kernel died in {title}: {execution.ended}.")
    elif error is not None and not execution.timed_out and UNWRITTEN not in error["evalue"]:
        who = f"{title}, which uses your work," if our.grade_id and not our.is_answer else title
        message = f"{who} stops with {_said(error)}"
        lost = [file for file in work.beside if _is_missed(file, error["evalue"], work.released)]
        if lost:
            message += (
                f" ({printable(lost[0])} is no file of the assignment; only those are there.)"
            )
        yield Remark("error", message)


def _is_missed(file: str, said: str, released: Released) -> bool:
    """Whether an exception speaks of a file, or a module, that is not handed out."""
    if released.files is None or file in released.files:
        return False
    module = file.removesuffix(".py")
    return f"'{file}'" in said or (module != file and f"'{module}'" in said)


def _is_opaque(our: Ours, execution: Execution | None) -> bool:
    """Whether a cell's text does not tell what it defines: no Python, or all names of a module."""
    if "import *" in our.cell.source:
        return True
    error = execution.error if execution is not None else None
    return error is not None and error["ename"] in ("SyntaxError", "IndentationError", "TabError")


def _renamed(released: Ours, our: Ours, defined: set[str]) -> Iterator[Remark]:
    """Functions that the released cell began and the student's notebook does not define."""
    for name in sorted(definitions(released.cell.source)):
        if name not in defined:
            others = difflib.get_close_matches(name, sorted(definitions(our.cell.source)), 1)
            instead = f" (there is `{printable(others[0])}`)" if others else ""
            yield Remark("renamed", f"{our.title} defines no `{name}`{instead}; keep the name.")
