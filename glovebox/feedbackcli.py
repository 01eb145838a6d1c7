"""``glovebox feedback``: the pages that students read."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from glovebox.options import (
    DIFFERENT,
    DONE,
    EPILOG,
    course_option,
    json_option,
    one_sentence,
)


@click.command(epilog=EPILOG)
@click.argument("assignment")
@click.option("--student", default="*", metavar="ID", help="Only this student (or pattern).")
@course_option
@json_option
@one_sentence
def feedback(assignment: str, student: str, course: Path, as_json: bool) -> None:
    """Write an HTML page for each graded notebook of ASSIGNMENT into feedback/.

    The same pages as `nbgrader generate_feedback` writes, and each of them anew, so that they hold
    the marks that were given by hand since. `nbgrader release_feedback` hands them out.
    """
    from glovebox.feedback import generate
    from glovebox.progress import Progress

    root = course.resolve()
    made: list[Path] = []
    with Progress("pages", quiet=as_json) as progress:

        def note(page: Path) -> None:
            made.append(page)
            progress.advance(str(page.relative_to(root)))

        problems = generate(root, assignment, student, on_planned=progress.expect, on_made=note)
    if as_json:
        pages = [page.relative_to(root).as_posix() for page in made]
        click.echo(json.dumps({"pages": pages, "problems": problems}, indent=1))
    else:
        click.echo(f"{len(made)} page{'' if len(made) == 1 else 's'} written.")
        for problem in problems:
            click.echo(f"glovebox: {problem}", err=True)
    sys.exit(DIFFERENT if problems else DONE)
