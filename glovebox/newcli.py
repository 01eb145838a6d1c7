"""``glovebox new-course`` and ``new-assignment``: something that works, to be made one's own."""

from __future__ import annotations

from pathlib import Path

import click

from glovebox.options import EPILOG, course_option, one_sentence


@click.command(epilog=EPILOG)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", metavar="ID", help="nbgrader's name of the course.  [default: FOLDER's]")
@one_sentence
def new_course(folder: Path, name: str | None) -> None:
    """Make FOLDER a course folder, with settings and places for notebooks, checks and specimens."""
    from glovebox.scaffolding import new_course as make

    make(folder.resolve(), name)
    click.echo(f"{folder.resolve().name} is a course folder now. Begin an assignment there:")
    if folder.resolve() != Path.cwd():
        click.echo(f"  cd {folder}")
    click.echo("  glovebox new-assignment NAME")


@click.command(epilog=EPILOG)
@click.argument("name")
@course_option
@one_sentence
def new_assignment(name: str, course: Path) -> None:
    """Add the assignment NAME to a course: a notebook, its hidden checks, and specimens.

    All of it works as it stands; make it your own, a piece at a time.
    """
    from glovebox.scaffolding import new_assignment as make

    for path in make(course.resolve(), name):
        click.echo(f"  {course / path}")
    click.echo(f"{name} is there, and works. Are its checks right?  glovebox audit {name}")
