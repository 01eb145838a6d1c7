"""Progress of anything long: how much is done, how fast, how long it will still take."""

from __future__ import annotations

import contextlib
import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.progress import Progress as Bar
from rich.text import Text

from glovebox.verdict import NotebookVerdict, escape_controls

_LATE = 600.0
"""Seconds from which the time left is estimated; a notebook may take a minute."""


class _Shown:
    """What is on the screen while its block runs."""

    _bar: Bar

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()


class _Rate(ProgressColumn):
    """How many pieces are done in a minute, of late."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed * 60:.1f}/min" if task.speed else "", style="progress.data.speed")


class Progress(_Shown):
    """Shows progress on stderr while its block runs.

    On a terminal this is a bar with the time left. Elsewhere (a log, CI) it is a line for each
    piece, so that nobody looks at a silent screen and no log fills with control characters.
    """

    def __init__(self, what: str, quiet: bool = False) -> None:
        console = Console(stderr=True, quiet=quiet)
        self._bar = Bar(
            SpinnerColumn(),
            MofNCompleteColumn(),
            TextColumn(what),
            BarColumn(),
            _Rate(),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[name]}"),
            console=console,
            transient=True,
            disable=quiet or not console.is_terminal,
            speed_estimate_period=_LATE,
        )
        self._task = self._bar.add_task(what, total=None, name="")
        self._lines = not quiet and not console.is_terminal
        self._done = self._total = 0

    def expect(self, total: int) -> None:
        """Say how many pieces there will be."""
        self._total = total
        self._bar.update(self._task, total=total)

    def advance(self, name: str) -> None:
        """One more piece is done."""
        name = escape_controls(name)
        self._done += 1
        self._bar.update(self._task, advance=1, name=escape(name))
        if self._lines:
            # Work does not end where nobody can be told of it any more.
            with contextlib.suppress(OSError):
                print(f"[{self._done}/{self._total}] {name}", file=sys.stderr, flush=True)

    def graded(self, student: str, verdict: NotebookVerdict, recalled: bool) -> None:
        """One more notebook is graded; its oddities are shown as they come."""
        points = f"{verdict.points:g} of {verdict.max_points:g}"
        before = ", as before" if recalled else ""
        self.advance(f"{student}/{verdict.notebook}: {points}{before}")
        for oddity in verdict.oddities if not self._bar.disable else ():
            place = escape_controls(f"{student}/{verdict.notebook}")
            self._bar.console.print(f"{place}: {oddity.message}", markup=False)


class Bytes(_Shown):
    """Shows on stderr, while its block runs, how much of a file is done: a bar, or a few lines."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._lines = not console.is_terminal
        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            DownloadColumn(),
            TransferSpeedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=self._lines,
        )
        self._what, self._tenths = "", 0
        self._task = self._bar.add_task("")

    def show(self, what: str, done: int, total: int) -> None:
        """So much of what is being done is done."""
        if what != self._what:
            self._what, self._tenths = what, -1
            self._bar.reset(self._task, description=what)
        self._bar.update(self._task, completed=done, total=total)
        tenths = 10 * done // max(total, 1)
        if self._lines and tenths > self._tenths:
            self._tenths = tenths
            print(
                f"{what}: {done / 1e6:,.0f} of {total / 1e6:,.0f} MB", file=sys.stderr, flush=True
            )
