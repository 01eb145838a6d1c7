"""Progress of anything long: how many are done, how fast, how long it will still take."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)


@contextmanager
def progress(total: int, what: str, quiet: bool = False) -> Iterator[Callable[[str], None]]:
    """Show progress on stderr while the block runs; call what it yields after each piece.

    On a terminal this is a bar with the time left. Elsewhere (a log, CI) it is a line for each
    piece, so that nobody looks at a silent screen and no log fills with control characters.
    """
    if quiet:
        yield lambda _: None
        return
    console = Console(stderr=True)
    if not console.is_terminal:
        done = 0

        def line(name: str) -> None:
            nonlocal done
            done += 1
            print(f"[{done}/{total}] {name}", file=sys.stderr, flush=True)

        yield line
        return
    columns = (
        SpinnerColumn(),
        MofNCompleteColumn(),
        TextColumn(what),
        BarColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}"),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=total, name="")
        yield lambda name: bar.update(task, advance=1, name=name)
