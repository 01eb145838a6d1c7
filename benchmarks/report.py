"""The page about graders side by side, and its chart, from the runs that were noted."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import fmean

import psutil

from glovebox import page

FLOOR = "floor"
PLAIN = "plain nbgrader"
TOPIC = "benchmarks"


@dataclass(frozen=True)
class Run:
    """One class graded in one way: seconds of the clock and of processors, and MiB at the most.

    ``checks`` is the part of the processor time that checks took, where that is known.
    """

    assignment: str
    way: str
    submissions: int
    wall: float
    cpu: float
    memory: float
    full_marks: int
    checks: float = 0.0

    @property
    def rate(self) -> float:
        """Submissions a minute."""
        return 60 * self.submissions / self.wall

    @property
    def cpu_each(self) -> float:
        """Seconds of processor time a submission."""
        return self.cpu / self.submissions


def read(path: Path) -> list[Run]:
    """The runs that were noted so far."""
    if not path.exists():
        return []
    return [Run(**json.loads(line)) for line in path.read_text().splitlines() if line.strip()]


def comparable(runs: list[Run]) -> list[Run]:
    """Those of the assignments for which there is what the others are compared with.

    After a stop there may be a floor, and nothing else yet.
    """
    ways: dict[str, set[str]] = {}
    for run in runs:
        ways.setdefault(run.assignment, set()).add(run.way)
    return [run for run in runs if {FLOOR, PLAIN} <= ways[run.assignment]]


def write(runs: list[Run], target: Path) -> None:
    """Write the table into the page, between its marks, and the chart beside it."""
    page.put(target, TOPIC, lines(runs))
    draw(runs, target.with_suffix(".png"))


def lines(runs: list[Run]) -> list[str]:
    """The Markdown between the marks."""
    made = [
        "| assignment | graded by | submissions | a minute | times plain | CPU s each "
        "| share of it that is floor | peak MiB | full marks |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    floors = ["| assignment | floor, CPU s | of it the checks | times plain, at most |"]
    floors += ["| --- | --- | --- | --- |"]
    processors = os.cpu_count() or 1
    for assignment in dict.fromkeys(run.assignment for run in runs):
        here = [run for run in runs if run.assignment == assignment]
        floor, plain = _floor(here), _of(here, PLAIN)
        floors.append(
            f"| `{assignment}` | {floor.cpu:.1f} | {floor.checks / floor.cpu:.0%} "
            f"| {at_most(floor, plain, processors):.1f} |"
        )
        for way in dict.fromkeys(run.way for run in here if run.way != FLOOR):
            run = _of(here, way)
            made.append(
                f"| `{assignment}` | {way} | {run.submissions} | {run.rate:.1f} "
                f"| {run.rate / plain.rate:.2f} | {run.cpu_each:.1f} "
                f"| {_floor_around(here, run) / run.cpu_each:.2f} | {run.memory:,.0f} "
                f"| {run.full_marks} of {run.submissions} |"
            )
    made += ["", *floors]
    machine = f"{processors} processors, {psutil.virtual_memory().total >> 30} GiB"
    packages = ("nbgrader", "tensorflow-cpu", "keras", "pytest", "distributed")
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    made += ["", f"Machine: {machine}. Python {platform.python_version()}, {versions}."]
    return made


def at_most(floor: Run, plain: Run, processors: int) -> float:
    """How many times as fast as plain nbgrader a grader can be that does nothing but the floor."""
    return processors * plain.wall / plain.submissions / floor.cpu


def _floor_around(runs: Sequence[Run], run: Run) -> float:
    """The mean of the floors that were measured before and after a run: a machine may not be steady."""
    place = runs.index(run)
    before = [one.cpu for one in runs[:place] if one.way == FLOOR]
    after = [one.cpu for one in runs[place:] if one.way == FLOOR]
    return fmean(before[-1:] + after[:1])


def _floor(runs: Iterable[Run]) -> Run:
    """Of all floors of an assignment the middle one."""
    floors = sorted((run for run in runs if run.way == FLOOR), key=lambda run: run.cpu)
    return floors[len(floors) // 2]


def _of(runs: Iterable[Run], way: str) -> Run:
    return next(run for run in runs if run.way == way)


def draw(runs: list[Run], path: Path) -> None:
    """Draw submissions a minute, a group of bars for each assignment."""
    from matplotlib.figure import Figure

    assignments = list(dict.fromkeys(run.assignment for run in runs))
    ways = list(dict.fromkeys(run.way for run in runs if run.way != FLOOR))
    figure = Figure(figsize=(10, 4.5), layout="constrained")
    axes = figure.subplots()
    width = 0.8 / len(ways)
    for number, way in enumerate(ways):
        found = {run.assignment: run.rate for run in runs if run.way == way}
        places = [place + number * width for place in range(len(assignments))]
        bars = axes.bar(places, [found.get(one, 0) for one in assignments], width, label=way)
        axes.bar_label(bars, fmt="%.1f", fontsize=8)
    axes.set_xticks([place + 0.4 - width / 2 for place in range(len(assignments))], assignments)
    axes.set_ylabel("submissions a minute")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    figure.savefig(path, dpi=120)
