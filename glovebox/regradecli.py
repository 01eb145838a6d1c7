"""``glovebox regrade``: who moves after a change, and their new marks if they are wanted."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from glovebox.options import (
    DIFFERENT,
    DONE,
    EPILOG,
    INTERRUPTED,
    course_option,
    jobs_option,
    json_option,
    one_sentence,
    sandbox_option,
    scheduler_option,
)

if TYPE_CHECKING:
    from glovebox.moves import Count
    from glovebox.regrade import Regraded, Survey


@click.command(epilog=EPILOG)
@click.argument("assignment")
@click.option("--yes", is_flag=True, help="Record the new marks without asking.")
@course_option
@jobs_option
@scheduler_option
@sandbox_option
@json_option
@one_sentence
def regrade(
    assignment: str,
    yes: bool,
    course: Path,
    jobs: int,
    scheduler: str,
    sandbox: bool,
    as_json: bool,
) -> None:
    """Grade again what a change of ASSIGNMENT's checks, notebook, data or libraries affects.

    Says who moves, by how much and by which checks, and only then records it, when that is
    confirmed. Marks given by hand stay. Without a terminal, or with --json, nobody is asked:
    nothing is recorded without --yes.
    """
    from glovebox.moves import count
    from glovebox.regrade import record_again

    root = course.resolve()
    try:
        found, regraded = _grade(root, assignment, jobs, scheduler, sandbox, as_json)
        counted = count(regraded.moves, len(found.notebooks) - len(found.affected))
        _show(assignment, found, regraded, counted, yes, as_json)
        moving = any(move.moves for move in regraded.moves)
        wanted = bool(regraded.students) and (yes or _confirmed(moving, as_json))
    except (KeyboardInterrupt, click.Abort):
        click.echo("glovebox: interrupted; nothing was recorded.", err=True)
        sys.exit(INTERRUPTED)
    if not wanted:
        sys.exit(DIFFERENT if moving or regraded.problems else DONE)
    result = record_again(root, assignment, regraded, sandbox)
    if not as_json:
        students = len({student for student, _ in result.verdicts})
        click.echo(f"Recorded for {students} student{'' if students == 1 else 's'}.")
    for problem in result.problems:
        click.echo(f"glovebox: {problem}", err=True)
    sys.exit(DIFFERENT if result.problems or regraded.problems else DONE)


def _grade(
    root: Path, assignment: str, jobs: int, scheduler: str, sandbox: bool, quiet: bool
) -> tuple[Survey, Regraded]:
    from glovebox.batch import make_grader
    from glovebox.launch import check_platform
    from glovebox.progress import Progress
    from glovebox.regrade import Regraded, grade_again, survey

    found = survey(root, assignment, sandbox)
    if not found.affected:
        return found, Regraded({}, [], [], [])
    check_platform(sandbox)
    with make_grader(jobs, scheduler) as grader, Progress("notebooks", quiet=quiet) as progress:
        return found, grade_again(found, grader, progress.expect, progress.graded)


def _show(
    assignment: str, found: Survey, regraded: Regraded, counted: Count, yes: bool, as_json: bool
) -> None:
    from dataclasses import asdict

    from glovebox.tables import show_moves

    if as_json:
        said = {
            "assignment": assignment,
            "moves": [move.as_json() for move in regraded.moves],
            "summary": asdict(counted),
            "due": found.due,
            "problems": regraded.problems,
            "record": yes and bool(regraded.students),
        }
        click.echo(json.dumps(said, indent=1))
        return
    show_moves(regraded.moves)
    click.echo(str(counted))
    if found.due:
        number = len(found.due)
        are = "submissions are" if number > 1 else "submission is"
        click.echo(f"{number} {are} new; `glovebox autograde {assignment}` grades what is.")
    for problem in regraded.problems:
        click.echo(f"glovebox: {problem}", err=True)


def _confirmed(moving: bool, as_json: bool) -> bool:
    if as_json or not _can_ask():
        said = "students would move" if moving else "nobody moves, but verdicts are new"
        click.echo(f"glovebox: {said}; nothing was recorded. Add --yes to record it.", err=True)
        return False
    if click.confirm("Record this?"):
        return True
    click.echo("Nothing was recorded.")
    return False


def _can_ask() -> bool:
    return sys.stdin.isatty()
