"""Trains two small networks at once, each in a process of its own, with and without SCHED_BATCH.

    make bench-epochs        (or: .venv/bin/python benchmarks/epochs.py [--rounds N])

Keras ends each epoch by telling a thread of TensorFlow's (``Model::OptimizeLoop`` of ``tf.data``)
to end, and waits for that. Woken, the thread takes the processor at once where no other is idle,
looks whether it is to end before that has been noted, and sleeps on until its next turn. Under
``SCHED_BATCH`` it gets the processor when the other thread has done its part.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import statistics
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from glovebox import page
from glovebox.environment import COMPUTING, environment

REPORT = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
TOPIC = "epochs"
EPOCHS = 300
AT_ONCE = 2
POLICIES = {"as usual": os.SCHED_OTHER, "`SCHED_BATCH`": os.SCHED_BATCH}


def main() -> None:
    """Measure in turn, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    measured: dict[str, list[tuple[float, float]]] = {name: [] for name in POLICIES}
    context = multiprocessing.get_context("spawn")
    for _ in range(options.rounds):
        for name, policy in POLICIES.items():
            # A process each: as soon as the first is busy, the second is started.
            with environment(COMPUTING), ProcessPoolExecutor(AT_ONCE, context) as pool:
                measured[name] += pool.map(train, [policy] * AT_ONCE)
    lines = ["| scheduling | ms an epoch | of it idle |", "| --- | --: | --: |"]
    for name, runs in measured.items():
        wall, cpu = (statistics.median(values) for values in zip(*runs, strict=True))
        lines.append(f"| {name} | {wall * 1000:.1f} | {max(0, 1 - cpu / wall):.0%} |")
    made = f"{AT_ONCE} processes on {os.cpu_count()} processors, {EPOCHS} epochs each"
    page.put(REPORT, TOPIC, [*lines, "", f"{made}; medians of {options.rounds} rounds."])
    print("\n".join(lines))


def train(policy: int) -> tuple[float, float]:
    """Train a model; seconds of the clock and of processors that an epoch takes."""
    os.sched_setscheduler(0, policy, os.sched_param(0))
    import keras
    import numpy as np

    layers = [
        keras.Input((20,)),
        keras.layers.Embedding(1_000, 8),
        keras.layers.Flatten(),
        keras.layers.Dense(1, "sigmoid"),
    ]
    model = keras.Sequential(layers)
    model.compile("rmsprop", "binary_crossentropy", metrics=["acc"])
    inputs, targets = np.random.randint(0, 1_000, (100, 20)), np.random.randint(0, 2, 100)
    model.fit(inputs, targets, epochs=3, verbose=0)
    wall, cpu = time.perf_counter(), time.process_time()
    model.fit(inputs, targets, epochs=EPOCHS, verbose=0)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return wall / EPOCHS, cpu / EPOCHS


if __name__ == "__main__":
    main()
