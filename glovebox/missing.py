"""Why a notebook does not have what a check asks for, from how its cells ended."""

from __future__ import annotations

import re

from glovebox.match import bindings
from glovebox.outputs import in_a_line
from glovebox.run import CellRun

_MAGIC = re.compile(r"^[ \t]*%", re.MULTILINE)
"""A line that may run code and say nothing of how that ended, such as `%run` and `%%capture`."""


class Missing:
    """Looks for the cells that were to define something; checks ask again and again.

    Args:
        run: the notebook, as far as it was run.
    """

    def __init__(self, run: CellRun) -> None:
        self._run = run
        self._known: dict[tuple[str, int], str] = {}

    def why(self, name: str) -> str:
        """What became of the last cell that was to define ``name``, as a clause.

        Empty if there is none, or if it ended well.
        """
        key = name, len(self._run.executions) + len(self._run.left_out)
        if key not in self._known:
            self._known[key] = self._look_for(name)
        return self._known[key]

    def _look_for(self, name: str) -> str:
        for index in sorted({*self._run.executions, *self._run.left_out}, reverse=True):
            if _defines(self._run.notebook.cells[index].source, name):
                return self._end_of(index)
        return ""

    def _end_of(self, index: int) -> str:
        if index in self._run.left_out:
            return f"its cell was not run: {self._run.left_out[index]}"
        execution = self._run.executions[index]
        if execution.ended:
            return f"the kernel died in its cell: {execution.ended}"
        if execution.timed_out:
            return f"its cell was interrupted after {execution.seconds:.0f} seconds"
        error = execution.error
        if (
            error is None
            and execution.errors
            and _MAGIC.search(self._run.notebook.cells[index].source)
        ):
            error = execution.errors[-1]
        return f"its cell stopped with {in_a_line(error)}" if error is not None else ""


def _defines(source: str, name: str) -> bool:
    """Whether a cell was to define a name: at its top level, or in a block, as below an `if`.

    By its lines, without parsing: it may be anything, and a million lines long.
    """
    if name not in source:
        return False
    word = re.escape(name)
    deeper = (
        rf"^[ \t]*(?:(?:async[ \t]+)?(?:def|class)[ \t]+{word}\b|(?:from|import)[ \t].*\b{word}\b)"
    )
    return name in bindings(source) or re.search(deeper, source, re.MULTILINE) is not None
