"""Starts kernels open, cold and warm, in turn, and many warm ones; writes docs/kernels.md.

    .venv/bin/python benchmarks/kernels.py [--rounds N] [--forks N]

*Open* is a process without a box, *cold* a boxed kernel whose zygote has imported nothing, *warm* a
boxed one whose zygote has imported what notebooks import. Each kernel imports that and trains a
small network; then it is killed. The kinds alternate, so that a slow moment of the machine meets
all. The many are started and asked one question each, to see that forking never hangs.
"""

from __future__ import annotations

import argparse
import itertools
import os
import platform
import statistics
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import psutil

from glovebox.limits import Limits
from glovebox.sandbox import launch
from glovebox.session import Session

REPORT = Path(__file__).resolve().parents[1] / "docs" / "kernels.md"
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
    launch.PRELOADED = warm
    slowest, total = many(options.forks)
    REPORT.write_text(report(options.rounds, seen, options.forks, slowest, total), encoding="utf-8")
    print(f"wrote {REPORT}")


def boxed(modules: tuple[str, ...]) -> Session:
    """A session whose kernels come from a zygote that has imported these modules."""
    launch.PRELOADED = modules
    return Session(LIMITS, {})


def measure(session: Session) -> tuple[float, ...]:
    """Seconds to the first answer, of the imports, of the work, to the end; private megabytes."""
    children = {process.pid for process in psutil.Process().children(recursive=True)}
    times = [time.perf_counter()]
    session.start()
    times.append(time.perf_counter())
    for source in (IMPORTS, WORK):
        execution = session.execute(source, TIME)
        assert not any(output["output_type"] == "error" for output in execution.outputs), execution
        times.append(time.perf_counter())
    fresh = [p for p in psutil.Process().children(recursive=True) if p.pid not in children]
    private = sum(process.memory_full_info().uss for process in fresh) / (1 << 20)
    times.append(time.perf_counter())
    session.kill()
    times.append(time.perf_counter())
    start, imports, work, _, end = (b - a for a, b in itertools.pairwise(times))
    return start, imports, work, end, private


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
    rounds: int, seen: dict[str, list[tuple[float, ...]]], forks: int, slowest: float, total: float
) -> str:
    """The page."""
    rows = []
    for name, values in seen.items():
        medians = [statistics.median(column) for column in zip(*values, strict=True)]
        cells = " | ".join(f"{value:.2f} s" for value in medians[:4])
        rows.append(f"| {name} | {cells} | {medians[4]:.0f} MiB |")
    return "\n".join(
        [
            "# Kernels: open, cold and warm",
            "",
            "Written by `.venv/bin/python benchmarks/kernels.py`, which says how it measures.",
            "",
            f"{platform.system()} {platform.release()}, {os.cpu_count()} processors, Python "
            f"{platform.python_version()}, TensorFlow {version('tensorflow-cpu')}; medians of "
            f"{rounds} rounds, in each of which every kind has its turn.",
            "",
            "| kernel | ready | imports | a small fit | killed | private memory |",
            "| --- | --- | --- | --- | --- | --- |",
            *rows,
            "",
            "*Private memory* is that of the kernel and of the two processes that keep its box.",
            "",
            f"{forks:,} warm kernels, one after the other, each asked once and killed: all answered, "
            f"{total / forks:.2f} s each, the slowest {slowest:.2f} s.",
            "",
        ]
    )


if __name__ == "__main__":
    main()
