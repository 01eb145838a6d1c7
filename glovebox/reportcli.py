"""``glovebox report``: what came of a class, as pages for the instructor."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from glovebox.options import DIFFERENT, DONE, EPILOG, course_option, json_option, one_sentence

FOLDER = "report"
"""In the course folder."""


@click.command(epilog=EPILOG)
@click.argument("assignments", nargs=-1, metavar="[ASSIGNMENT]...")
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the pages are put; an earlier report there is replaced.",
    show_default="report/ in the course folder",
)
@course_option
@json_option
@one_sentence
def report(assignments: tuple[str, ...], folder: Path | None, course: Path, as_json: bool) -> None:
    """Write a report on the graded class: web pages and CSV tables, for the instructor only.

    About all assignments of the course, or only the named ones. Begin with index.html; the pages
    need no server and no network. With --json the same is printed as JSON.
    """
    from glovebox.progress import Progress
    from glovebox.report.build import build_report
    from glovebox.report.exports import as_json as plain
    from glovebox.report.pages import write_report
    from glovebox.verdict import escape_controls

    root = course.resolve()
    with Progress("assignments", quiet=as_json) as progress:
        made = build_report(
            root,
            assignments,
            on_planned=progress.expect,
            on_done=progress.advance,
        )
        page = write_report(made, (folder or root / FOLDER).resolve())
    if as_json:
        click.echo(json.dumps(plain(made), indent=1))
    else:
        click.echo(f"The report is in {page}.")
    for problem in made.problems:
        click.echo(f"glovebox: {escape_controls(problem)}", err=True)
    sys.exit(DIFFERENT if made.problems else DONE)
