"""Runs a rebuilt notebook cell by cell and keeps all that was done, whatever a cell does.

A cell that fails, hangs or kills its kernel costs only itself: a dead kernel is replaced, the cells
before it are run again without the fatal ones, and what follows still runs.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Protocol, Self, TypeVar

from nbformat import NotebookNode
from nbformat.v4 import new_output

from glovebox.errors import UserError
from glovebox.limits import Limits
from glovebox.session import Execution, KernelDied, Session
from glovebox.verdict import Oddity

_T = TypeVar("_T")


class OutOfTime(Exception):
    """The notebook's time is used up."""


class KernelGone(Exception):
    """The kernel died too often to be replaced once more."""


class NoKernel(UserError):
    """No kernel could be had before a student's code did anything: this machine is to blame."""


class CellSession(Protocol):
    """A kernel, one at a time, that runs cells; see :class:`glovebox.session.Session`."""

    lost: bool
    """Whether ever a kernel was gone that no limit had ended: by itself, or from outside."""
    memory: int
    """Bytes that a kernel held, the most that was seen; 0 where nobody looks."""

    @property
    def alive(self) -> bool:
        """Whether the kernel's process runs."""

    @property
    def note(self) -> str:
        """What was out of the ordinary about the kernel's start; empty if nothing was."""

    def start(self) -> None:
        """Start a kernel and wait until it answers; raises KernelDied."""

    def clock(self) -> float:
        """Seconds of the clock by which its time limits go."""

    def execute(self, source: str, timeout: float) -> Execution:
        """Run one cell's source; raises KernelDied with the outputs so far."""

    def kill(self) -> None:
        """End the kernel's whole process tree at once; its files go with it."""


class CellRun:
    """One notebook on its way through a kernel; the position only moves forward.

    Args:
        notebook: the rebuilt notebook; its code cells receive their outputs in place.
        session: starts kernels, each in a fresh place.
        limits: time and size limits.
    """

    def __init__(self, notebook: NotebookNode, session: CellSession, limits: Limits) -> None:
        self.notebook = notebook
        self.limits = limits
        self.oddities: list[Oddity] = []
        self.executions: dict[int, Execution] = {}
        """What running each cell gave that was run, by its place in the notebook."""
        self.left_out: dict[int, str] = {}
        """Why each cell was not run that could not be, by its place in the notebook."""
        self.started = 0
        """How many times a kernel was started: handles of an earlier one are void."""
        self._session = session
        self._ever_alive = False
        self._refused = ""
        self._position = 0
        self._fatal: set[int] = set()
        self._spent = 0.0
        self.cells: dict[str, int] = {}
        """Where each ``grade_id`` stands in the notebook."""
        for index, cell in enumerate(notebook.cells):
            grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
            if grade_id is not None:
                self.cells[grade_id] = index

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._session.kill()

    @property
    def lost(self) -> bool:
        """Whether a kernel ended that no limit had ended: by what it ran, or from outside."""
        return self._session.lost

    @property
    def memory(self) -> int:
        """Bytes that the notebook's processes held at one time, the most that was seen."""
        return self._session.memory

    def start(self) -> None:
        """Start the kernel now; otherwise that is done when it is needed.

        Raises:
            NoKernel: this machine starts none.
        """
        self._ensure_kernel()

    def advance_to(self, grade_id: str) -> None:
        """Run every cell up to and including the named one, as far as that is possible."""
        self._advance(self.cells[grade_id] + 1)

    def finish(self) -> None:
        """Run what is left of the notebook."""
        self._advance(len(self.notebook.cells))

    def grade_cell(self, index: int | None = None) -> str:
        """The grade cell that what happens at a cell (default: the last one run) counts for."""
        start = self._position - 1 if index is None else index
        for cell in self.notebook.cells[max(start, 0) :]:
            label = cell.metadata.get("nbgrader", {})
            if label.get("grade"):
                return str(label["grade_id"])
        return ""

    def _advance(self, end: int) -> None:
        while self._position < end:
            index, self._position = self._position, self._position + 1
            cell = self.notebook.cells[index]
            if cell.cell_type == "code" and cell.source.strip():
                self._run_cell(index, cell)

    def _run_cell(self, index: int, cell: NotebookNode) -> None:
        try:
            self._ensure_kernel(before=index)
            begun = self._spent
            execution = self._execute(cell)
        except KernelDied as death:
            execution = death.execution
            self._fatal.add(index)
            execution.ended = death.reason
            self._store(cell, execution, f"The kernel died while this cell ran: {death.reason}.")
            said = f"the kernel died in {self._name(index)}: {death.reason}"
            self._odd("kernel-died", index, said, review=True)
        except (OutOfTime, KernelGone) as stop:
            self.left_out[index] = str(stop).rstrip(".")
            self._store(cell, Execution(), f"This cell was not run: {stop}")
            return
        else:
            note = ""
            if execution.timed_out:
                note = f"Interrupted after {self._spent - begun:.0f} seconds."
                said = f"{self._name(index)} was interrupted at its time limit"
                self._odd("cell-timeout", index, said, review=True)
            self._store(cell, execution, note)
        execution.seconds = self._spent - begun
        self.executions[index] = execution
        name = self._name(index)
        if execution.output_cut:
            self._odd("output-cut", index, f"{name} printed too much; its output was cut")
        if execution.out_of_memory:
            self._odd("memory", index, f"{name} ran out of memory")
        if execution.malformed:
            said = f"{name} sent messages that are not Jupyter's"
            self._odd("forged-message", index, said, review=True)

    def _ensure_kernel(self, before: int | None = None) -> None:
        """A live kernel in the state it has before the cell at ``before`` (default: next).

        Raises:
            KernelGone: the student's code ended too many.
            NoKernel: not even the first one could be started.
        """
        end = self._position if before is None else before
        while not self._session.alive:
            if self.started > self.limits.restarts and not self._ever_alive:
                raise NoKernel(f"{self._refused}; see `glovebox doctor`.")
            if self.started > self.limits.restarts:
                raise KernelGone("the kernel died too often.")
            self.started += 1
            try:
                self._session.start()
            except KernelDied as error:
                self._refused = str(error)
                self._odd_once("no-kernel", f"the kernel could not be started ({error})")
                continue
            self._ever_alive = True
            if self._session.note:
                self._odd_once("cold-start", self._session.note, review=False)
            self._replay(end)

    def _replay(self, end: int) -> None:
        for index, cell in enumerate(self.notebook.cells[:end]):
            if cell.cell_type != "code" or not cell.source.strip() or index in self._fatal:
                continue
            try:
                self._execute(cell)
            except KernelDied:
                self._fatal.add(index)
                return

    def _execute(self, cell: NotebookNode) -> Execution:
        with self._charged(self.limits.cell) as limit:
            return self._session.execute(cell.source, limit)

    @contextlib.contextmanager
    def _charged(self, limit: float) -> Iterator[float]:
        """A time limit within what is left of the notebook's, which the block then shortens.

        What the student's code does and gives is charged: not the start of a kernel, nor what a
        check does itself.
        """
        left = self.limits.notebook - self._spent
        if left <= 0:
            sentence = f"the notebook's {self.limits.notebook:g} seconds were used up"
            self._odd_once("notebook-timeout", f"{sentence}; what was left was not run")
            raise OutOfTime(f"{sentence}.")
        started = self._session.clock()
        try:
            yield min(limit, left)
        finally:
            self._spent += self._session.clock() - started

    def _store(self, cell: NotebookNode, execution: Execution, note: str) -> None:
        cell.outputs = [NotebookNode(output) for output in execution.outputs]
        cell.execution_count = execution.execution_count
        if execution.output_cut:
            cell.outputs.append(new_output("stream", name="stderr", text="[output cut here]\n"))
        if note:
            cell.outputs.append(new_output("stream", name="stderr", text=f"{note}\n"))

    def _name(self, index: int) -> str:
        grade_id = self.notebook.cells[index].metadata.get("nbgrader", {}).get("grade_id")
        return f'cell "{grade_id}"' if grade_id else f"cell number {index + 1}"

    def _odd(self, kind: str, index: int, what: str, review: bool = False) -> None:
        self.oddities.append(Oddity(kind, f"{what}.", review, self.grade_cell(index)))

    def _odd_once(self, kind: str, what: str, review: bool = True) -> None:
        oddity = Oddity(kind, f"{what}.", review)
        if oddity not in self.oddities:
            self.oddities.append(oddity)


class NotebookRun(CellRun):
    """A notebook on its way through the grader's kernel, which also answers the gloves.

    Args:
        notebook: the rebuilt notebook; its code cells receive their outputs in place.
        data: files of the assignment, by name, copied into the scratch folder.
        limits: time and size limits.
        sandbox: whether the kernel is confined.
    """

    def __init__(
        self,
        notebook: NotebookNode,
        data: Mapping[str, bytes],
        limits: Limits,
        sandbox: bool = True,
    ) -> None:
        self.data = data
        self._gloves = Session(limits, data, sandbox)
        super().__init__(notebook, self._gloves, limits)

    def ask(
        self, message: Sequence[bytes], timeout: float, read: Callable[[list[bytes]], _T]
    ) -> _T:
        """Pass one glove request to the kernel, a fresh one if the last died, and read its reply.

        The student's process chooses how much a reply holds, so reading it is charged, too.

        Raises:
            CallTimeout: no answer within ``timeout`` seconds.
            KernelDied: the kernel ended while it worked on this request.
            KernelGone: no kernel could be had.
            OutOfTime: the notebook's time is used up.
        """
        self._ensure_kernel()
        with self._charged(timeout) as limit:
            return read(self._gloves.ask(message, limit))
