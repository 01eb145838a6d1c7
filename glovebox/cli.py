"""The ``glovebox`` command. Its parts are imported when they are used, so that it starts at once."""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from rich.console import Console

    from glovebox.audit import Finding

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
            click.echo("glovebox: interrupted; what was graded is kept. Run it again to go on.", err=True)
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

    found = []
    console = None if as_json else _console()
    signs = {Health.GOOD: "[green]✓[/]", Health.WARNING: "[yellow]![/]", Health.BAD: "[red]✗[/]"}
    for diagnosis in examine(course.resolve()):
        found.append(diagnosis)
        if console:
            from rich.markup import escape

            line = f"{signs[diagnosis.health]} {diagnosis.topic:10} {escape(diagnosis.finding)}"
            console.print(line, soft_wrap=True, highlight=False)
    if as_json:
        click.echo(json.dumps([asdict(diagnosis) for diagnosis in found], indent=1))
    sys.exit(DIFFERENT if any(d.health is Health.BAD for d in found) else DONE)


@main.command(epilog=_EPILOG)
@click.argument("assignment", required=False)
@click.option("--match", default="", metavar="TEXT", help="Only specimens whose name contains TEXT.")
@click.option("--seed", type=click.IntRange(0), help="Seed of the generated inputs.")
@_course_option
@_jobs_option
@_json_option
@_one_sentence
def audit(
    assignment: str | None, match: str, seed: int | None, course: Path, jobs: int, as_json: bool
) -> None:
    """Grade every specimen and compare with the verdict it declares.

    All assignments of the course, or only ASSIGNMENT.
    """
    from glovebox.audit import audit as run_audit
    from glovebox.audit import collect
    from glovebox.batch import Grader
    from glovebox.config import prepare_data
    from glovebox.progress import progress

    root = course.resolve()
    prepare_data(root, assignment)
    pairs = collect(root, assignment, match)
    findings = []
    with Grader(jobs) as grader, progress(len(pairs), "specimens", as_json) as advance:
        for finding in run_audit(pairs, grader, seed):
            findings.append(finding)
            advance(finding.specimen.name)
    order = {specimen.name: number for number, (specimen, _) in enumerate(pairs)}
    findings.sort(key=lambda finding: order[finding.specimen.name])
    if as_json:
        click.echo(json.dumps([_finding_json(finding) for finding in findings], indent=1))
    else:
        _print_findings(findings)
    sys.exit(DIFFERENT if any(finding.problems for finding in findings) else DONE)


def _finding_json(finding: Finding) -> dict[str, Any]:
    from glovebox.verdict import not_passed

    specimen, graded = finding.specimen, finding.graded
    return {
        "specimen": specimen.name,
        "about": specimen.about,
        "expected": sorted(specimen.loses) if specimen.loses is not None else None,
        "actual": sorted(not_passed(graded.verdict.checks)) if graded else None,
        "points": graded.verdict.points if graded else None,
        "max_points": graded.verdict.max_points if graded else None,
        "seed": graded.verdict.seed if graded else None,
        "problems": list(finding.problems),
    }


def _print_findings(findings: list[Finding]) -> None:
    from rich.table import Table

    table = Table("specimen", "points", "checks lost", "as declared", title="Audit", highlight=False)
    for finding in findings:
        fields = _finding_json(finding)
        points = f"{fields['points']:g}/{fields['max_points']:g}" if finding.graded else "-"
        lost = "all" if fields["points"] == 0 else ", ".join(fields["actual"] or ()) or "none"
        verdict = "[red]" + "; ".join(finding.problems) + "[/]" if finding.problems else "[green]yes[/]"
        table.add_row(fields["specimen"], points, lost, verdict)
    console = _console()
    console.print(table)
    wrong = sum(bool(finding.problems) for finding in findings)
    console.print(f"{len(findings)} specimens, {wrong} graded otherwise than declared.")


def _console() -> Console:
    from rich.console import Console

    # Piped into a file, a table must not be folded at 80 columns.
    width = None if sys.stdout.isatty() else 160
    return Console(width=width)
