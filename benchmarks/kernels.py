"""Starts kernels open, cold and warm, in turn, and many warm ones; writes docs/kernels.md.

    make bench-kernels        (or: .venv/bin/python benchmarks/kernels.py [--rounds N] [--forks N])

*Open* is a process without a box, *cold* a boxed kernel whose zygote has imported nothing, *warm* a
boxed one whose zygote has imported what notebooks import. Each kernel imports that and trains a
small network; then it is killed. The kinds alternate, so that a slow moment of the machine meets
all. The many are started and asked one question each, to see that forking never hangs.

One right submission of ``frozen_embedding`` is then graded in a cold and in a warm kernel, by a worker
that has imported its libraries, and by ``nbgrader autograde`` with tests in the notebook, in turn.
"""

from __future__ import annotations

import argparse
import itertools
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

import psutil
from courses import WAYS
from side_by_side import run_class
from watch import Watch

from glovebox.assignment import AssignmentBundle
from glovebox.config import prepare_data
from glovebox.grade import grade
from glovebox.limits import Limits
from glovebox.sandbox import launch
from glovebox.session import Session
from glovebox.specimens import job_for, reference

ROOT = Path(__file__).resolve().parents[1]
REPORT = ROOT / "docs" / "kernels.md"
ASSIGNMENT = "frozen_embedding"
IMPORTS = "import tensorflow, keras, numpy, matplotlib.pyplot"
WORK = """
model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(8, "relu"), keras.layers.Dense(1)])
model.compile("rmsprop", "mse")
x = numpy.random.rand(320, 20)
_ = model.fit(x, x[:, :1], epochs=3, verbose=0)
"""
LIMITS = Limits()
TIME = 120.0


def main() -> None:
    """Measure and write the report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--forks", type=int, default=1000)
    options = parser.parse_args()
    warm = launch.PRELOADED
    kinds: dict[str, Callable[[], Session]] = {
        "open": lambda: Session(LIMITS, {}, sandbox=False),
        "cold": lambda: boxed(()),
        "warm": lambda: boxed(warm),
    }
    for modules in ((), warm):  # the zygotes themselves are not what is measured
        session = boxed(modules)
        session.start()
        session.kill()
    seen: dict[str, list[tuple[float, ...]]] = {name: [] for name in kinds}
    for number in range(options.rounds):
        for name, make in kinds.items():
            seen[name].append(measure(make()))
            print(number + 1, name, *(f"{value:.3f}" for value in seen[name][-1]), flush=True)
    graded = submissions(warm, options.rounds)
    launch.PRELOADED = warm
    slowest, total = many(options.forks)
    lines = [*report(options.rounds, seen, graded), *last_words(options.forks, slowest, total)]
    REPORT.write_text("\n".join(lines), encoding="utf-8")
    print(f"wrote {REPORT}")


def boxed(modules: tuple[str, ...]) -> Session:
    """A session whose kernels come from a zygote that has imported these modules."""
    launch.PRELOADED = modules
    return Session(LIMITS, {})


def measure(session: Session) -> tuple[float, ...]:
    """Seconds to the first answer, of the imports, of the work, to the end; megabytes.

    The first number of those is the box's own, the second what its kernel shares with others.
    """
    children = {process.pid for process in psutil.Process().children(recursive=True)}
    times = [time.perf_counter()]
    session.start()
    times.append(time.perf_counter())
    for source in (IMPORTS, WORK):
        execution = session.execute(source, TIME)
        assert not any(output["output_type"] == "error" for output in execution.outputs), execution
        times.append(time.perf_counter())
    fresh = [p for p in psutil.Process().children(recursive=True) if p.pid not in children]
    held = [process.memory_full_info() for process in fresh]
    private = sum(one.uss for one in held) / (1 << 20)
    # The kernel is the largest of them; the others are small and share the same pages.
    shared = max(one.rss - one.uss for one in held) / (1 << 20)
    times.append(time.perf_counter())
    session.kill()
    times.append(time.perf_counter())
    start, imports, work, _, end = (b - a for a, b in itertools.pairwise(times))
    return start, imports, work, end, private, shared


def submissions(warm: tuple[str, ...], rounds: int) -> dict[str, list[tuple[float, ...]]]:
    """Grade one submission in three ways, in turn: wall and processor seconds, peak megabytes."""
    prepare_data(ROOT, ASSIGNMENT)
    bundle = AssignmentBundle.load(ROOT, ASSIGNMENT, ASSIGNMENT)
    job = job_for(reference(ASSIGNMENT), bundle)
    grade(job)  # this process imports TensorFlow, as a worker does once

    def in_kernels_with(*modules: str) -> tuple[float, ...]:
        launch.PRELOADED = modules
        start, watch = time.perf_counter(), Watch(os.getpid())
        verdict = grade(job).verdict
        wall = time.perf_counter() - start
        assert verdict.points == verdict.max_points, verdict
        watch.end()
        return wall, watch.cpu, watch.memory

    with tempfile.TemporaryDirectory(prefix="one-submission-") as folder:
        plain = WAYS[0]
        course = plain.lay_out(Path(folder) / "plain", ASSIGNMENT, 1)

        def plainly() -> tuple[float, ...]:
            run = run_class(plain.command(course, ASSIGNMENT), course, ASSIGNMENT, plain.name, 1)
            return run.wall, run.cpu, run.memory

        kinds: dict[str, Callable[[], tuple[float, ...]]] = {
            "plain nbgrader": plainly,
            "Glovebox, cold": in_kernels_with,
            "Glovebox, warm": lambda: in_kernels_with(*warm),
        }
        seen: dict[str, list[tuple[float, ...]]] = {name: [] for name in kinds}
        for number in range(rounds):
            for name, way in kinds.items():
                seen[name].append(way())
                print(number + 1, name, *(f"{value:.1f}" for value in seen[name][-1]), flush=True)
    return seen


def many(number: int) -> tuple[float, float]:
    """Start, ask and kill that many warm kernels; seconds of the slowest, and of all."""
    session, slowest = Session(LIMITS, {}), 0.0
    began = time.perf_counter()
    for _ in range(number):
        start = time.perf_counter()
        session.start()
        execution = session.execute("6 * 7", TIME)
        assert execution.outputs[0]["data"]["text/plain"] == "42"
        assert session.note == ""
        session.kill()
        slowest = max(slowest, time.perf_counter() - start)
    return slowest, time.perf_counter() - began


def report(
    rounds: int,
    kernels: dict[str, list[tuple[float, ...]]],
    graded: dict[str, list[tuple[float, ...]]],
) -> Iterator[str]:
    """The page, but for its last words."""
    yield "# Kernels: open, cold and warm"
    yield ""
    yield "Written by `make bench-kernels`; `benchmarks/kernels.py` says how it measures."
    yield ""
    yield (
        f"{platform.system()} {platform.release()}, {os.cpu_count()} processors, Python "
        f"{platform.python_version()}, TensorFlow {version('tensorflow-cpu')}; medians of "
        f"{rounds} rounds, in each of which every kind has its turn."
    )
    yield ""
    yield "| kernel | ready | imports | a small fit | killed | private memory | shared memory |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for name, values in kernels.items():
        medians = [statistics.median(column) for column in zip(*values, strict=True)]
        times = [f"{value:.2f} s" for value in medians[:4]]
        memory = [f"{value:.0f} MiB" for value in medians[4:]]
        yield f"| {' | '.join([name, *times, *memory])} |"
    yield ""
    yield "*Private* memory is that of the kernel and of the two processes that keep its box;"
    yield "*shared* is what the kernel holds in common with others: with the zygote, if it is warm."
    yield ""
    yield f"One right submission of `{ASSIGNMENT}`, graded:"
    yield ""
    yield "| grading | wall | processor time | peak memory | times as fast |"
    yield "| --- | --- | --- | --- | --- |"
    plain = statistics.median(run[0] for run in graded["plain nbgrader"])
    for name, values in graded.items():
        wall, cpu, memory = (statistics.median(column) for column in zip(*values, strict=True))
        row = [name, f"{wall:.1f} s", f"{cpu:.1f} s", f"{memory:,.0f} MiB", f"{plain / wall:.2f}"]
        yield f"| {' | '.join(row)} |"
    yield ""
    yield "*Plain nbgrader* is the whole command, with tests in the notebook; *Glovebox* is a worker"
    yield "that has imported its libraries, as for all but the first notebook of a class, without the"
    yield "command around it, which takes about 3 seconds once a class. Peak memory counts the"
    yield "worker, the zygote and the kernel."
    yield ""


def last_words(forks: int, slowest: float, total: float) -> Iterator[str]:
    """What came of starting many."""
    yield f"{forks:,} warm kernels, one after the other, each asked once and killed: all answered,"
    yield f"{total / forks:.2f} s each, the slowest {slowest:.2f} s."
    yield ""


if __name__ == "__main__":
    main()
