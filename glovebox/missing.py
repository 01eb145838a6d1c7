"""Why a notebook does not have what a check asks for, from how its cells ended."""

from __future__ import annotations

from glovebox.match import bindings
from glovebox.run import CellRun
from glovebox.session import Execution
from glovebox.syntax import names


class Missing:
    """Looks for the cells that were to define something; checks ask again and again.

    Args:
        run: the notebook, as far as it was run.
    """

    def __init__(self, run: CellRun) -> None:
        self._run = run
        self._known: dict[tuple[str, int], str] = {}

    def why(self, name: str) -> str:
        """How the last cell that was to define ``name`` ended, if that was not well.

        In words that follow "its cell"; empty if there is no such cell.
        """
        key = name, len(self._run.executions) + len(self._run.left_out)
        if key not in self._known:
            self._known[key] = self._look_for(name)
        return self._known[key]

    def _look_for(self, name: str) -> str:
        for index in sorted({*self._run.executions, *self._run.left_out}, reverse=True):
            source, end = self._run.notebook.cells[index].source, self._end_of(index)
            # The one looks at lines, as not every cell is Python, the other below `if` and `try`.
            if end and name in source and name in bindings(source) | names(source):
                return end
        return ""

    def _end_of(self, index: int) -> str:
        if index in self._run.left_out:
            return f"was not run: {self._run.left_out[index]}"
        execution: Execution = self._run.executions[index]
        if execution.ended:
            return f"made the kernel die: {execution.ended}"
        if execution.timed_out:
            return f"was interrupted after {self._run.limits.cell:g} seconds"
        return f"stopped with {execution.stop}" if execution.stop else ""
