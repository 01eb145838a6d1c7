"""How many processors a night's grading takes: a model of one number, checked against the runs.

Grading is work that nothing shares, so a class takes its processor time, spread over the processors:
``wall = submissions * seconds / processors``. The seconds of one submission come from the run with
one job; that the model holds is seen where it foretells the runs with two jobs and on two Dask workers.
Past this machine the same is assumed, with one processor more for the caller, who alone writes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import fmean

from report import Run

TOPIC = "planning"
ONE_JOB = "Glovebox, 1 job"
TWO_AT_A_TIME = ("Glovebox, 2 jobs", "Glovebox, Dask, 2 workers")
NIGHT = 8 * 3600
"""Seconds."""
PRICE = 0.05
"""An assumption: what a processor costs an hour, in whatever currency; costs scale with it."""
CLASSES = (300, 3_000, 100_000)


def lines(runs: Sequence[Run]) -> list[str]:
    """The Markdown between the marks: the model against the measurements, and what it foretells."""
    alone = {run.assignment: run.wall / run.submissions for run in runs if run.way == ONE_JOB}
    made = [
        "| assignment | graded by | foretold, s | measured, s | measured / foretold |",
        "| --- | --- | --: | --: | --: |",
    ]
    ratios = []
    for run in runs:
        if run.way in TWO_AT_A_TIME and run.assignment in alone:
            foretold = run.submissions * alone[run.assignment] / 2
            ratios.append(run.wall / foretold)
            made.append(
                f"| `{run.assignment}` | {run.way} | {foretold:.0f} | {run.wall:.0f} "
                f"| {ratios[-1]:.2f} |"
            )
    if not ratios:
        return ["Nothing is measured yet."]
    worst = max(ratios)
    made += [
        "",
        f"On average {fmean(ratios):.2f}, at worst {worst:.2f}. The table below plans with the worst:",
        "",
        "| assignment | s a submission | "
        + " | ".join(f"{one:,} a night" for one in CLASSES)
        + " |",
        "| --- | --: |" + " --: |" * len(CLASSES),
    ]
    for assignment, seconds in alone.items():
        cells = " | ".join(needed(number, seconds * worst) for number in CLASSES)
        made.append(f"| `{assignment}` | {seconds:.1f} | {cells} |")
    made += [
        "",
        f"Processors besides the caller's for a night of {NIGHT // 3600} hours, in brackets what the "
        f"work costs at {PRICE:.2f} a processor and hour (an assumption: put in your own).",
    ]
    return made


def needed(submissions: int, seconds: float) -> str:
    """Processors and cost of so many submissions in a night, each of so many seconds."""
    work = submissions * seconds
    return f"{math.ceil(work / NIGHT):,} ({work / 3600 * PRICE:,.2f})"
