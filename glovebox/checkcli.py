"""``glovebox check``: what a student should know before handing in."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from glovebox.options import DIFFERENT, DONE, EPILOG, INTERRUPTED, json_option, one_sentence

if TYPE_CHECKING:
    from glovebox.selfcheck import Report

NO_MARK = "The hidden checks try more inputs of the same kind, so this is no mark."
_ALIKE = {True: 10, False: 3}
"""Remarks of one kind that are shown, by whether they want attention: a site that strips a label
strips all of them."""
_COLOURS = {"solved": "green", "answered": "green", "not yet": "red", "not attempted": "yellow"}


@click.command(epilog=EPILOG)
@click.argument("notebook", type=click.Path(path_type=Path))
@click.option(
    "--released",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The notebook as it was released, if NOTEBOOK does not carry a copy of it.",
)
@json_option
@one_sentence
def check(notebook: Path, released: Path | None, as_json: bool) -> None:
    """Say what would go wrong if NOTEBOOK were handed in as it is saved.

    For students: it puts the notebook together as the grader does and runs it from top to bottom,
    in a folder of its own, with your own rights; nothing of yours is changed.
    """
    from glovebox.progress import Progress
    from glovebox.selfcheck import check as run

    try:
        with Progress("exercises", quiet=as_json) as progress:
            report = run(notebook, released, on_planned=progress.expect, on_done=progress.advance)
    except KeyboardInterrupt:
        click.echo("glovebox: interrupted; nothing of yours was changed.", err=True)
        sys.exit(INTERRUPTED)
    if as_json:
        click.echo(json.dumps(report.as_json(), indent=1))
    else:
        _show(report)
    sys.exit(DONE if report.fine else DIFFERENT)


def _show(report: Report) -> None:
    from rich.markup import escape
    from rich.table import Table

    from glovebox.tables import console
    from glovebox.verdict import escape_controls

    table = Table("exercise", "state", "what its examples say")
    for exercise in report.exercises:
        state = f"[{_COLOURS[exercise.state]}]{exercise.state}[/]"
        table.add_row(*(escape(escape_controls(exercise.title)), state), escape(exercise.message))
    screen = console()
    screen.print(table)
    alike = Counter[tuple[str, bool]]()
    for remark in sorted(report.remarks, key=lambda remark: not remark.attention):
        alike[remark.kind, remark.attention] += 1
        if alike[remark.kind, remark.attention] <= _ALIKE[remark.attention]:
            sign = "[yellow]![/]" if remark.attention else "·"
            screen.print(f"{sign} {escape(remark.message)}", soft_wrap=True)
    for (kind, attention), number in alike.items():
        if number > _ALIKE[attention]:
            more = number - _ALIKE[attention]
            screen.print(f"· and {more} more of the kind “{kind}” (--json has all).")
    if not report.rebuilt:
        said = (
            "The notebook carries no copy of what was released, so it was run as it is; the grader "
            "restores the locked cells first (--released FILE names the released notebook)."
        )
        screen.print(f"· {said}", soft_wrap=True)
    done = sum(exercise.done for exercise in report.exercises)
    screen.print(f"{done} of {len(report.exercises)} done. {NO_MARK}", soft_wrap=True)
