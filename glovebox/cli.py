"""The ``glovebox`` command; its parts are imported when used, so that it starts at once."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from glovebox.checkcli import check
from glovebox.datacli import data
from glovebox.feedbackcli import feedback
from glovebox.gradescopecli import gradescope
from glovebox.newcli import new_assignment, new_course
from glovebox.options import (
    DIFFERENT,
    DONE,
    EPILOG,
    course_option,
    jobs_option,
    json_option,
    one_sentence,
    page_option,
    sandbox_option,
    scheduler_option,
)
from glovebox.regradecli import regrade
from glovebox.reportcli import report
from glovebox.watchcli import watch


@click.group(epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="glovebox")
def main() -> None:
    """Grade student notebooks from outside their process."""


main.add_command(check)
main.add_command(data)
main.add_command(feedback)
main.add_command(new_assignment)
main.add_command(new_course)
main.add_command(report)
main.add_command(gradescope)
main.add_command(regrade)
main.add_command(watch)


@main.command(epilog=EPILOG)
@course_option
@json_option
@one_sentence
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


@main.command(epilog=EPILOG)
@click.argument("assignment")
@click.option("--student", default="*", metavar="ID", help="Only this student (or pattern).")
@click.option("--force", is_flag=True, help="Grade again what has been graded.")
@click.option(
    "--no-reuse",
    "reuse",
    flag_value=False,
    default=True,
    help="Take over no verdict, even where nothing that it depends on has changed.",
)
@course_option
@jobs_option
@scheduler_option
@sandbox_option
@json_option
@one_sentence
def autograde(
    assignment: str,
    student: str,
    force: bool,
    reuse: bool,
    course: Path,
    jobs: int,
    scheduler: str,
    sandbox: bool,
    as_json: bool,
) -> None:
    """Grade the submissions of ASSIGNMENT that are new or newer, and record the marks.

    The same as `nbgrader autograde`, with progress and a table of the points.
    """
    from dataclasses import asdict

    from glovebox.autograde import autograde as run
    from glovebox.progress import Progress
    from glovebox.show import counted
    from glovebox.tables import show_late, show_marks

    with Progress("notebooks", quiet=as_json) as progress:
        result = run(
            course.resolve(),
            assignment,
            jobs=jobs,
            scheduler=scheduler,
            student=student,
            force=force,
            reuse=reuse,
            sandbox=sandbox,
            on_planned=progress.expect,
            on_graded=progress.graded,
        )
    if as_json:
        graded = [
            {"student": who, "verdict": json.loads(v.to_json())} for who, v in result.verdicts
        ]
        said = {"graded": graded, "recalled": result.recalled, "problems": result.problems}
        said["late"] = {who: asdict(lateness) for who, lateness in result.late.items()}
        click.echo(json.dumps(said, indent=1))
    else:
        if result.verdicts:
            show_marks(result.verdicts)
            show_late(result.late)
        rest = ""
        if result.recalled:
            rest = f", {result.recalled} as before, since nothing has changed"
        if result.left:
            rest += f"; {counted(result.left, 'submission')} graded before"
        click.echo(f"{counted(len(result.verdicts), 'notebook')} graded{rest}.")
        for problem in result.problems:
            click.echo(f"glovebox: {problem}", err=True)
    sys.exit(DIFFERENT if result.problems else DONE)


@main.command(epilog=EPILOG)
@click.argument("assignment", required=False)
@click.option("--match", default="", metavar="TEXT", help="Only specimens with TEXT in the name.")
@click.option(
    "--mutants",
    metavar="N|all",
    default="0",
    help="Also so many mutants of each reference solution, drawn by the seed, or all.",
)
@click.option("--seed", type=click.IntRange(0), help="Seed of the generated inputs.")
@click.option(
    "--times",
    type=click.IntRange(1),
    help="Grade each so often, with other inputs unless there is a seed.",
)
@click.option(
    "--class",
    "of_class",
    is_flag=True,
    help="Look at the marks of the class instead: which checks say nothing, or the same?",
)
@click.option(
    "--ledger",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Note every verdict in this file; an interrupted audit goes on from there.",
)
@page_option
@course_option
@jobs_option
@scheduler_option
@sandbox_option
@json_option
@one_sentence
def audit(
    assignment: str | None,
    match: str,
    mutants: str,
    seed: int | None,
    times: int | None,
    of_class: bool,
    ledger: Path | None,
    page: Path | None,
    course: Path,
    jobs: int,
    scheduler: str,
    sandbox: bool,
    as_json: bool,
) -> None:
    """Grade every specimen and compare with the verdict it declares.

    All assignments of the course, or only ASSIGNMENT.
    """
    if not mutants.isdecimal() and mutants != "all":
        raise click.BadParameter('give a number, or "all".', param_hint="--mutants")
    if times is not None and (ledger is not None or page is not None):
        raise click.UsageError("--times goes neither with --ledger nor with --page.")
    if of_class:
        _show_class(course.resolve(), assignment, as_json)
        return
    from glovebox import page as pages
    from glovebox.audit import audit as run
    from glovebox.audit import collect, of_several, rehearse
    from glovebox.auditpage import TOPIC, lines
    from glovebox.batch import make_grader
    from glovebox.config import prepare_data
    from glovebox.ledger import Ledger
    from glovebox.progress import Progress
    from glovebox.tables import show_findings

    root = course.resolve()
    prepare_data(root, assignment)
    number = None if mutants == "all" else int(mutants)
    pairs = collect(root, assignment, match, number, seed or 0) * (times or 1)
    if page is not None:
        pages.check(page, TOPIC)
    done = None if ledger is None else Ledger(ledger)
    findings = []
    with make_grader(jobs, scheduler) as grader, Progress("specimens", quiet=as_json) as progress:
        rehearse(pairs, grader, sandbox)
        progress.expect(len(pairs))
        for finding in run(pairs, grader, seed, sandbox, done):
            findings.append(finding)
            progress.advance(finding.specimen.name)
    order = {specimen.name: number for number, (specimen, _) in enumerate(pairs)}
    findings.sort(key=lambda finding: order[finding.specimen.name])
    if times is not None:
        findings = of_several(findings)
    if page is not None:
        pages.put(page, TOPIC, lines(findings))
    if done is not None:
        done.close()
    if as_json:
        click.echo(json.dumps([finding.as_json() for finding in findings], indent=1))
    else:
        show_findings(findings)
    sys.exit(DIFFERENT if any(finding.problems for finding in findings) else DONE)


def _show_class(root: Path, assignment: str | None, as_json: bool) -> None:
    from dataclasses import asdict

    from glovebox.assignment import list_assignments
    from glovebox.items import NoClass, analyse, read_class
    from glovebox.tables import show_items

    items = []
    for name in [assignment] if assignment else list_assignments(root):
        try:
            items += analyse(read_class(root, name))
        except NoClass:
            # Of a whole course some assignments may not have been graded yet.
            if assignment:
                raise
    if as_json:
        click.echo(json.dumps([{**asdict(one), "remark": one.remark} for one in items], indent=1))
    else:
        show_items(items)


@main.command(epilog=EPILOG)
@click.argument("assignment")
@click.option("--runs", type=click.IntRange(3), default=200, show_default=True,
              help="Trainings of the right network.")  # fmt: skip
@click.option("--wrong-runs", type=click.IntRange(3), default=100, show_default=True,
              help="Trainings of each wrong one.")  # fmt: skip
@page_option
@click.option(
    "--picture",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also draw both distributions into this PNG file.",
)
@click.option("--curves", type=click.IntRange(2), metavar="N",
              help="Instead, measure where the curves of N right runs are.")  # fmt: skip
@course_option
@jobs_option
@one_sentence
def calibrate(
    assignment: str,
    runs: int,
    wrong_runs: int,
    page: Path | None,
    picture: Path | None,
    curves: int | None,
    course: Path,
    jobs: int,
) -> None:
    """Derive the accuracy that ASSIGNMENT asks for from many trainings, right ones and wrong ones.

    Writes tests/hidden/<notebook>.calibration.json, by which the check judges; with --curves
    <notebook>.curves.json, which students see behind their own curves, instead.
    """
    from glovebox import page as pages
    from glovebox.assignment import AssignmentBundle
    from glovebox.bands import measure_bands
    from glovebox.calibrate import calibrate as run
    from glovebox.calibrationpage import TOPIC, draw, lines
    from glovebox.config import prepare_data
    from glovebox.progress import Progress

    root = course.resolve()
    prepare_data(root, assignment)
    bundle = AssignmentBundle.load_first(root, assignment)
    if page is not None:
        pages.check(page, TOPIC)
    with Progress("trainings") as progress:
        if curves is not None:
            measure_bands(root, bundle, curves, jobs, progress.expect, progress.advance)
            return
        found = run(
            root, bundle, runs, wrong_runs, jobs, on_planned=progress.expect,
            on_done=progress.advance,
        )  # fmt: skip
    if picture is not None:
        draw(found, picture)
    if page is not None:
        pages.put(page, TOPIC, lines(found))
    click.echo("\n".join(lines(found)))


@main.command(epilog=EPILOG)
@click.argument("assignments", nargs=-1)
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default="demo",
    show_default=True,
    help="Where the demo's course is put; an earlier demo there is replaced.",
)
@course_option
@jobs_option
@sandbox_option
@one_sentence
def demo(
    assignments: tuple[str, ...], folder: Path, course: Path, jobs: int, sandbox: bool
) -> None:
    """Release this course to a class of specimens, grade it, and show what came of it.

    All assignments of the course, or only ASSIGNMENTS.
    """
    from glovebox.demo import run_demo

    problems = run_demo(course.resolve(), folder.resolve(), jobs, sandbox, assignments)
    sys.exit(DIFFERENT if problems else DONE)
