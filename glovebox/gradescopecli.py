"""``glovebox gradescope``: an assignment's autograder for Gradescope."""

from __future__ import annotations

from pathlib import Path

import click

from glovebox.options import EPILOG, course_option, one_sentence


@click.command(epilog=EPILOG)
@click.argument("assignment")
@click.option(
    "--to",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    show_default="ASSIGNMENT-gradescope.zip",
    help="The zip file to write.",
)
@click.option(
    "--requirements",
    type=click.Path(dir_okay=False, path_type=Path),
    show_default="the course's requirements.lock",
    help="The libraries that are installed there, with versions and hashes.",
)
@click.option(
    "--visibility",
    # Those of glovebox.gradescoperesults, whose import would take its time.
    type=click.Choice(["visible", "after_due_date", "after_published"]),
    default="visible",
    show_default=True,
    help="When students see their checks and points.",
)
@click.option(
    "--no-sandbox",
    "sandbox",
    flag_value=False,
    default=True,
    help="Grade there even where student code cannot be confined. Verdicts say so.",
)
@course_option
@one_sentence
def gradescope(
    assignment: str,
    target: Path | None,
    requirements: Path | None,
    visibility: str,
    sandbox: bool,
    course: Path,
) -> None:
    """Build a Gradescope autograder for ASSIGNMENT.

    Upload the zip file at Configure Autograder, and try it with Test Autograder.
    """
    from glovebox.gradescope import build

    built = build(
        course.resolve(),
        assignment,
        target or Path(f"{assignment}-gradescope.zip"),
        requirements=requirements,
        sandbox=sandbox,
        visibility=visibility,
    )
    click.echo(
        f"{built.path}: {built.files} files. On Gradescope, set the autograder's points to "
        f"{built.points:g}, take the largest container and the longest time-out, and try it with "
        "Test Autograder."
    )
    if sandbox:
        click.echo(
            "Where Gradescope's container does not let student code be confined, nothing is graded "
            "and every result says that a person must look; --no-sandbox builds one that grades "
            "all the same."
        )
    else:
        click.echo(
            "glovebox: without a sandbox a submission can read the hidden checks and write any "
            "result it likes; look at what matters.",
            err=True,
        )
