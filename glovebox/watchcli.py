"""``glovebox watch``: submissions graded as they arrive."""

from __future__ import annotations

import json
import math
import signal
import time
from pathlib import Path
from typing import Any

import click

from glovebox.options import (
    EPILOG,
    course_option,
    jobs_option,
    json_option,
    one_sentence,
    sandbox_option,
    scheduler_option,
)


class _Seconds(click.FloatRange):
    """A span of time that comes to an end."""

    def convert(self, value: Any, param: Any, context: Any) -> float:
        seconds = float(super().convert(value, param, context))
        if math.isnan(seconds):
            self.fail(f"{value!r} is not a number of seconds.", param, context)
        return seconds


_YEAR = 366 * 86_400
STATE = ".watch.json"
"""In the course folder: who was graded when."""


@click.command(epilog=EPILOG)
@click.argument("assignments", nargs=-1)
@click.option("--every", type=_Seconds(0.1, 3600), default=2.0, show_default=True,
              metavar="SECONDS", help="How long to wait between two looks.")  # fmt: skip
@click.option("--cool-down", type=_Seconds(0, _YEAR), default=60.0, show_default=True,
              metavar="SECONDS", help="From one grading of a student to the next.")  # fmt: skip
@click.option("--per-hour", type=click.IntRange(1), default=12, show_default=True,
              help="Gradings of a student within an hour, at most.")  # fmt: skip
@click.option("--feedback", is_flag=True, help="Also make feedback, and release it.")
@course_option
@jobs_option
@scheduler_option
@sandbox_option
@json_option
@one_sentence
def watch(
    assignments: tuple[str, ...],
    every: float,
    cool_down: float,
    per_hour: int,
    feedback: bool,
    course: Path,
    jobs: int,
    scheduler: str,
    sandbox: bool,
    as_json: bool,
) -> None:
    """Grade submissions as they arrive in the exchange or in submitted/, until Ctrl-C.

    Of all assignments of the course, or only ASSIGNMENTS. Ended, or killed, it goes on where it
    was when it is started again. With --json it prints a line for each notebook.
    """
    from glovebox.assignment import list_assignments, list_notebooks
    from glovebox.batch import make_grader
    from glovebox.config import load_config
    from glovebox.errors import UserError
    from glovebox.interrupt import gentle_interrupt
    from glovebox.pacing import Pace
    from glovebox.verdict import NotebookVerdict, escape_controls
    from glovebox.watch import Watch

    root = course.resolve()
    load_config(root)
    for assignment in assignments:
        list_notebooks(root, assignment)
    names = list(assignments) or list_assignments(root)
    if not names:
        raise UserError(f"{root} is no course folder: it has no source/<assignment>/.")

    def say(sentence: str) -> None:
        click.echo(f"{time.strftime('%H:%M:%S')} {escape_controls(sentence)}", err=as_json)

    def graded(student: str, verdict: NotebookVerdict, recalled: bool) -> None:
        if as_json:
            fields = {"student": student, "verdict": json.loads(verdict.to_json())}
            click.echo(json.dumps(fields))
            return
        before = ", as before" if recalled else ""
        points = f"{verdict.points:g} of {verdict.max_points:g}{before}"
        say(f"{student}/{verdict.notebook}: {points}")
        for oddity in verdict.oddities:
            say(f"{student}/{verdict.notebook}: {oddity.message}")

    with make_grader(jobs, scheduler) as grader:
        pace = Pace(root / STATE, cool_down, per_hour)
        watching = Watch(root, names, grader, pace, every, feedback, sandbox, say, graded)
        with gentle_interrupt(watching.stop, signal.SIGTERM):
            say(f"watching {', '.join(names)} (Ctrl-C ends it)")
            watching.run()
