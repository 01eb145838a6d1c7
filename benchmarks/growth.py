"""Grades classes of growing size with one job per processor; writes its part of docs/benchmarks.md.

    make bench-growth       (or: .venv/bin/python benchmarks/growth.py [--sizes N ...])

Every class holds the same ten right submissions of the shortest assignment, each as often as the
others, so that only the number changes. A line is fitted to the times (least squares): where it
begins is what a class costs by itself, and its slope what each submission adds. Runs are noted in
``.bench-growth.jsonl``, so that what was stopped goes on.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

import numpy as np
import report
from courses import nbgrader_command, our_course
from side_by_side import REPORT, note, run_class
from tools import ROOT

from glovebox import page
from glovebox.config import prepare_data

RESULTS = ROOT / ".bench-growth.jsonl"
ASSIGNMENT = "tokenizer"
SIZES = (10, 30, 100, 300)
VARIETY = 10
TOPIC = "growth"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    sizes = parser.parse_args().sizes
    page.check(REPORT, TOPIC)
    prepare_data(ROOT)
    jobs = os.cpu_count() or 1
    done = {run.submissions for run in report.read(RESULTS)}
    for size in sizes:
        if size in done:
            continue
        with tempfile.TemporaryDirectory(prefix="growth-") as temporary:
            course = our_course(jobs, VARIETY)(Path(temporary) / "course", ASSIGNMENT, size)
            command = nbgrader_command(course, ASSIGNMENT)
            note(run_class(command, course, ASSIGNMENT, f"{jobs} jobs", size), RESULTS)
    runs = sorted(report.read(RESULTS), key=lambda run: run.submissions)
    page.put(REPORT, TOPIC, lines(runs))
    draw(runs, REPORT.with_name("benchmarks-growth.png"))
    print(f"written: {REPORT.relative_to(ROOT)}")


def fit(runs: list[report.Run]) -> tuple[float, float, float]:
    """(seconds a class, seconds a submission, share of the variance that the line explains)."""
    sizes = np.array([run.submissions for run in runs], dtype=float)
    walls = np.array([run.wall for run in runs])
    each, start = np.polyfit(sizes, walls, 1)
    left = walls - (start + each * sizes)
    return float(start), float(each), float(1 - left.var() / walls.var())


def lines(runs: list[report.Run]) -> list[str]:
    """The Markdown between the marks."""
    made = [
        "| submissions | seconds | a submission | CPU s a submission | peak MiB | full marks |",
        "| --: | --: | --: | --: | --: | --: |",
    ]
    for run in runs:
        made.append(
            f"| {run.submissions} | {run.wall:.0f} | {run.wall / run.submissions:.2f} "
            f"| {run.cpu_each:.2f} | {run.memory:,.0f} | {run.full_marks} of {run.submissions} |"
        )
    start, each, explained = fit(runs)
    made += [
        "",
        f"`{runs[0].assignment}`, {runs[0].way}. The line: {start:.0f} seconds for the class and "
        f"{each:.2f} for each submission; it explains {explained:.4f} of the variance.",
    ]
    return made


def draw(runs: list[report.Run], path: Path) -> None:
    """Draw time and memory over the size of the class."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10, 3.6), layout="constrained")
    times, memory = figure.subplots(1, 2)
    sizes = [run.submissions for run in runs]
    start, each, _ = fit(runs)
    times.plot(sizes, [run.wall for run in runs], "o", color="#2a9d8f")
    times.plot([0, sizes[-1]], [start, start + each * sizes[-1]], "-", color="#8d99ae")
    times.set(title="seconds, with the line fitted", xlabel="submissions")
    memory.plot(sizes, [run.memory for run in runs], "o-", color="#e76f51")
    memory.set(title="peak memory, MiB", xlabel="submissions")
    for axes in (times, memory):
        axes.spines[["top", "right"]].set_visible(False)
        axes.set_ylim(0, 1.1 * axes.dataLim.ymax)
    figure.savefig(path, dpi=120)


if __name__ == "__main__":
    main()
