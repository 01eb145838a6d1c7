"""Where the time of grading one notebook goes, by a sampling profiler; its part of docs/benchmarks.md.

    make bench-shares       (or: .venv/bin/python benchmarks/shares.py [ASSIGNMENT ...])

`py-spy <https://github.com/benfred/py-spy>`_ looks from outside, a hundred times a second, at what the
threads of all processes do while a warm worker grades the reference solution: the worker itself, which
generates inputs and judges answers, the zygote, the two processes of each box, and the kernel. What
waits is left out. The processor time of as many gradings that nobody looks at is shared out by these
looks.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from plain_tests import BY_ASSIGNMENT
from side_by_side import REPORT
from tools import ROOT, installed
from watch import Watch

from glovebox import page
from glovebox.assignment import AssignmentBundle
from glovebox.config import prepare_data
from glovebox.grade import GradeJob, grade
from glovebox.specimens import job_for, reference

TOPIC = "shares"
PROFILER = ROOT / ".py-spy"
_REQUIREMENT = "py-spy==0.4.3"
_RATE = 100
"""Looks a second."""
_GRADINGS = 5
_WAITS = re.compile(
    r"(select|poll|device|wait|waitpid|accept|recv|recvmsg|_begin|_fill_inbox|serve) \("
    r"|GarbageCollectorThread\.run"
)
"""The innermost frame of a thread that waits, where the profiler cannot tell."""

CELLS, ANSWERS, KERNEL = "the notebook's cells", "functions that checks call", "the kernel itself"
INPUTS, JUDGING, TALKING = "generated inputs", "pytest, comparing", "talking to the kernel"
REST, BOX = "reading, rebuilding, writing", "fork, box, watching it"
PARTS = (CELLS, ANSWERS, KERNEL, INPUTS, JUDGING, TALKING, REST, BOX)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("assignments", nargs="*", default=list(BY_ASSIGNMENT))
    assignments = parser.parse_args().assignments
    page.check(REPORT, TOPIC)
    prepare_data(ROOT)
    shares = {assignment: profiled(assignment) for assignment in assignments}
    page.put(REPORT, TOPIC, lines(shares))
    print("\n".join(lines(shares)), f"written: {REPORT.relative_to(ROOT)}", sep="\n\n")


def profiled(assignment: str) -> Counter[str]:
    """Seconds of processor time that each part of a grading takes, on average over a few."""
    job = job_for(reference(assignment), AssignmentBundle.load_first(ROOT, assignment))
    grade(job)  # starts the zygote, and imports what the checks need
    watch = Watch(os.getpid())
    for _ in range(_GRADINGS):
        grade(job)
    each = watch.end().cpu / _GRADINGS
    looks = Counter[str]()
    for line in _stacks(job).splitlines():
        stack, _, number = line.rpartition(" ")
        if part := part_of(stack):
            looks[part] += int(number)
    return Counter({part: each * number / looks.total() for part, number in looks.items()})


def _stacks(job: GradeJob) -> str:
    """What the profiler saw while a job was graded a few times: a stack and a number a line."""
    program = installed(PROFILER, _REQUIREMENT) / "py-spy"
    with tempfile.TemporaryDirectory() as folder:
        stacks = Path(folder) / "stacks"
        profiler = subprocess.Popen(
            [str(program), "record", "--subprocesses", "--nonblocking", "--full-filenames",
             "--rate", str(_RATE), "--duration", "3600", "--format", "raw",
             "--output", str(stacks), "--pid", str(os.getpid())],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            time.sleep(2)
            if profiler.poll() is None:
                for _ in range(_GRADINGS):
                    grade(job)
        finally:
            profiler.send_signal(signal.SIGINT)
            _, said = profiler.communicate()
        if not stacks.is_file():
            sys.exit(f"py-spy saw nothing (it may have to be run as root): {said.strip()}")
        return stacks.read_text(errors="replace")


def part_of(stack: str) -> str:
    """The part of grading that a stack of frames, outermost first, belongs to; "" if it waits."""
    *_, innermost = frames = stack.split(";")
    if _WAITS.search(innermost):
        return ""
    # Every process has the one that forked it before it: worker, zygote, keeper, first, kernel.
    depth = sum(frame.startswith("process ") for frame in frames)
    if depth == 5:
        if "GloveKernel.do_execute" in stack:
            return CELLS
        return ANSWERS if "Agent.answer" in stack else KERNEL
    if depth > 1:
        return BOX
    if "/glovebox/gloves.py" in stack or "/glovebox/session.py" in stack:
        return TALKING
    if "run_checks" not in stack:
        return REST
    return (
        INPUTS
        if "prep_args_kwargs_from_strategies" in stack or "/hypothesis/" in innermost
        else JUDGING
    )


def lines(shares: dict[str, Counter[str]]) -> list[str]:
    """The Markdown between the marks."""
    made = [
        "| CPU s | " + " | ".join(f"`{assignment}`" for assignment in shares) + " |",
        "| --- |" + " --: |" * len(shares),
    ]
    for part in PARTS:
        cells = (f"{one[part]:.2f} ({one[part] / one.total():.0%})" for one in shares.values())
        made.append(f"| {part} | " + " | ".join(cells) + " |")
    made.append(
        "| together | " + " | ".join(f"{one.total():.2f}" for one in shares.values()) + " |"
    )
    return made


if __name__ == "__main__":
    main()
