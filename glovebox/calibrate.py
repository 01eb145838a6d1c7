"""Derives the accuracy that a check asks for from many trainings, right ones and wrong ones.

The module ``tests/hidden/calibrate_<notebook>.py`` says what is trained: ``RIGHT``, the kind of
network that deserves all points; ``WRONG``, those that deserve none; ``TRIES``, how many draws a
submission is given; ``prepare(folder)``, what all runs have in common, from the files beside the
notebook; ``accuracy(prepared, kind, seed)``, one run; ``canary(prepared)``, a digest of random
numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from glovebox.assignment import CHECKS, AssignmentBundle
from glovebox.calibration import (
    CANARY,
    Calibration,
    CalibrationError,
    calibration_name,
    circumstances,
    drifted,
    experiment_name,
    read_calibration,
)
from glovebox.experiment import load, prepared
from glovebox.files import write_whole
from glovebox.pool import Call, Pool
from glovebox.separation import choose
from glovebox.unpack import unpacked


@dataclass(frozen=True)
class Run:
    """One training to be measured: of which kind, from which seed."""

    bundle: AssignmentBundle
    kind: str
    seed: int


def calibrate(
    course_root: Path,
    bundle: AssignmentBundle,
    right_runs: int,
    wrong_runs: int,
    jobs: int,
    on_planned: Callable[[int], None] = lambda _: None,
    on_done: Callable[[str], None] = lambda _: None,
) -> Calibration:
    """Train, choose the rule, and write the calibration into the folder of the hidden checks.

    Raises:
        CalibrationError: the notebook has no experiment.
        NotSeparated: no threshold tells right from wrong; nothing is written.
        OSError: there is no room to write.
    """
    experiment = _experiment(bundle)
    seeds = {experiment.RIGHT: right_runs} | dict.fromkeys(experiment.WRONG, wrong_runs)
    runs = [Run(bundle, kind, seed) for kind, number in seeds.items() for seed in range(number)]
    on_planned(len(runs))
    found: dict[str, dict[int, float]] = {kind: {} for kind in seeds}
    for run, accuracy in _measure_all(runs, jobs):
        found[run.kind][run.seed] = accuracy
        on_done(f"{run.kind}: {accuracy:.3f}")
    accuracies = {
        kind: tuple(round(of_seed[seed], 4) for seed in sorted(of_seed))
        for kind, of_seed in found.items()
    }
    wrong = {kind: values for kind, values in accuracies.items() if kind != experiment.RIGHT}
    rule = choose(accuracies[experiment.RIGHT], wrong, experiment.TRIES)
    made_with = circumstances(bundle) | {CANARY: find_canary(bundle)}
    calibration = Calibration(rule, experiment.RIGHT, accuracies, made_with)
    path = course_root / CHECKS / calibration_name(bundle.notebook)
    write_whole(path, calibration.to_json().encode())
    return calibration


def find_canary(bundle: AssignmentBundle) -> str:
    """The digest of random numbers as they are on this machine; it takes some seconds."""
    return str(_experiment(bundle).canary(_prepared(bundle)))


def drift(bundle: AssignmentBundle) -> str:
    """The sentence that random numbers are others than when the notebook was calibrated.

    Nothing, if they are the same or no check of the notebook asks for an accuracy.
    """
    if experiment_name(bundle.notebook) not in bundle.checks:
        return ""
    return drifted(read_calibration(bundle), bundle.notebook, find_canary(bundle))


def _measure_all(runs: list[Run], jobs: int) -> Iterator[tuple[Run, float]]:
    """Each run with its accuracy, as they are done; every one of them in a worker."""
    pool, calls = Pool(jobs), {}
    try:
        for run in runs:
            call: Call[float] = pool.submit(_measure, run)
            calls[call.future] = run
        left: set[Future[float]] = set(calls)
        while left:
            done, left = wait(left, return_when=FIRST_COMPLETED)
            for future in done:
                yield calls[future], future.result()
    finally:
        pool.close(at_once=True)


def _measure(run: Run) -> float:
    return float(_experiment(run.bundle).accuracy(_prepared(run.bundle), run.kind, run.seed))


def _prepared(bundle: AssignmentBundle) -> object:
    return prepared(_experiment_path(bundle), unpacked(bundle.data))


def _experiment(bundle: AssignmentBundle) -> ModuleType:
    return load(_experiment_path(bundle))


def _experiment_path(bundle: AssignmentBundle) -> Path:
    name = experiment_name(bundle.notebook)
    if name not in bundle.checks:
        raise CalibrationError(
            f"{bundle.notebook} has no accuracy to calibrate; that would take {CHECKS / name}."
        )
    return unpacked(bundle.checks) / name
