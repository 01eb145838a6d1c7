"""The ``glovebox`` command; its parts are imported when used, so that it starts at once."""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

DONE, DIFFERENT, UNUSABLE, INTERRUPTED = 0, 1, 2, 130

_EPILOG = (
    "Exit codes: 0 all is well; 1 done, but something named in the output needs attention; "
    "2 the command could not be carried out (its message says why); 130 interrupted."
)

Command = TypeVar("Command", bound=Callable[..., Any])

_course_option = click.option(
    "--course",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    show_default="this folder",
    help="The course folder (with source/ and tests/hidden/).",
)
_jobs_option = click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    default=lambda: os.cpu_count() or 1,
    show_default="one per processor",
    help="How many notebooks are graded at a time.",
)


def _tell_if_open(context: click.Context, option: click.Parameter, sandbox: bool) -> bool:
    if not sandbox:
        click.echo("glovebox: no sandbox; student code can do whatever you can.", err=True)
    return sandbox


_sandbox_option = click.option(
    "--no-sandbox",
    "sandbox",
    flag_value=False,
    default=True,
    callback=_tell_if_open,
    help="Do not confine student code: it can then do whatever you can. Verdicts say so.",
)
_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")


def _one_sentence(command: Command) -> Command:
    """Turn a user's mistake, a full disk or Ctrl-C into one sentence and an exit code."""

    @functools.wraps(command)
    def wrapped(*arguments: Any, **keywords: Any) -> Any:
        from glovebox.errors import UserError

        try:
            return command(*arguments, **keywords)
        except UserError as error:
            click.echo(f"glovebox: {error}", err=True)
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            click.echo(f"glovebox: {place}{error.strerror or error}.", err=True)
        except KeyboardInterrupt:
            said = "interrupted; what was graded is kept. Run the command again to go on."
            click.echo(f"glovebox: {said}", err=True)
            sys.exit(INTERRUPTED)
        sys.exit(UNUSABLE)

    return wrapped  # type: ignore[return-value]


@click.group(epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="glovebox")
def main() -> None:
    """Grade student notebooks from outside their process."""


@main.command(epilog=_EPILOG)
@_course_option
@_json_option
@_one_sentence
def doctor(course: Path, as_json: bool) -> None:
    """Say whether this machine and this course are fit for grading."""
    from dataclasses import asdict

    from glovebox.doctor import Health, examine
    from glovebox.tables import show_diagnosis

    found = []
    for diagnosis in examine(course.resolve()):
        found.append(diagnosis)
        if not as_json:
            show_diagnosis(diagnosis)
    if as_json:
        click.echo(json.dumps([asdict(diagnosis) for diagnosis in found], indent=1))
    sys.exit(DIFFERENT if any(one.health is Health.BAD for one in found) else DONE)


@main.command(epilog=_EPILOG)
@click.argument("assignment")
@click.option("--student", default="*", metavar="ID", help="Only this student (or pattern).")
@click.option("--force", is_flag=True, help="Grade again what has been graded.")
@_course_option
@_jobs_option
@_sandbox_option
@_json_option
@_one_sentence
def autograde(
    assignment: str,
    student: str,
    force: bool,
    course: Path,
    jobs: int,
    sandbox: bool,
    as_json: bool,
) -> None:
    """Grade the submissions of ASSIGNMENT that are new or newer, and record the marks.

    The same as `nbgrader autograde`, with progress and a table of the points.
    """
    from glovebox.autograde import autograde as run
    from glovebox.progress import Progress
    from glovebox.tables import show_marks

    with Progress("notebooks", quiet=as_json) as progress:
        result = run(
            course.resolve(),
            assignment,
            jobs=jobs,
            student=student,
            force=force,
            sandbox=sandbox,
            on_planned=progress.expect,
            on_graded=progress.graded,
        )
    if as_json:
        graded = [
            {"student": who, "verdict": json.loads(v.to_json())} for who, v in result.verdicts
        ]
        click.echo(json.dumps({"graded": graded, "problems": result.problems}, indent=1))
    else:
        if result.verdicts:
            show_marks(result.verdicts)
        number = len(result.verdicts)
        plural = "" if number == 1 else "s"
        rest = "" if result.problems else "; the rest was graded before"
        click.echo(f"{number} notebook{plural} graded{rest}.")
        for problem in result.problems:
            click.echo(f"glovebox: {problem}", err=True)
    sys.exit(DIFFERENT if result.problems else DONE)


@main.command(epilog=_EPILOG)
@click.argument("assignment", required=False)
@click.option("--match", default="", metavar="TEXT", help="Only specimens with TEXT in the name.")
@click.option("--seed", type=click.IntRange(0), help="Seed of the generated inputs.")
@click.option(
    "--page",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write the table into this Markdown page, between its two marks.",
)
@_course_option
@_jobs_option
@_sandbox_option
@_json_option
@_one_sentence
def audit(
    assignment: str | None,
    match: str,
    seed: int | None,
    page: Path | None,
    course: Path,
    jobs: int,
    sandbox: bool,
    as_json: bool,
) -> None:
    """Grade every specimen and compare with the verdict it declares.

    All assignments of the course, or only ASSIGNMENT.
    """
    from glovebox.audit import audit as run
    from glovebox.audit import collect, rehearse
    from glovebox.auditpage import check_page, write_page
    from glovebox.batch import Grader
    from glovebox.config import prepare_data
    from glovebox.progress import Progress
    from glovebox.tables import show_findings

    root = course.resolve()
    prepare_data(root, assignment)
    pairs = collect(root, assignment, match)
    if page is not None:
        check_page(page)
    findings = []
    with Grader(jobs) as grader, Progress("specimens", quiet=as_json) as progress:
        rehearse(pairs, grader, sandbox)
        progress.expect(len(pairs))
        for finding in run(pairs, grader, seed, sandbox):
            findings.append(finding)
            progress.advance(finding.specimen.name)
    order = {specimen.name: number for number, (specimen, _) in enumerate(pairs)}
    findings.sort(key=lambda finding: order[finding.specimen.name])
    if page is not None:
        write_page(page, findings)
    if as_json:
        click.echo(json.dumps([finding.as_json() for finding in findings], indent=1))
    else:
        show_findings(findings)
    sys.exit(DIFFERENT if any(finding.problems for finding in findings) else DONE)


@main.command(epilog=_EPILOG)
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default="demo",
    show_default=True,
    help="Where the demo's course is put; an earlier demo there is replaced.",
)
@_course_option
@_jobs_option
@_sandbox_option
@_one_sentence
def demo(folder: Path, course: Path, jobs: int, sandbox: bool) -> None:
    """Release this course to a class of specimens, grade it, and show what came of it."""
    from glovebox.demo import run_demo

    problems = run_demo(course.resolve(), folder.resolve(), jobs, sandbox)
    sys.exit(DIFFERENT if problems else DONE)
