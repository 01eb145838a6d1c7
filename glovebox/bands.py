"""Between which numbers the curves of right solutions usually are, for the student's feedback.

The module ``tests/hidden/curves_<notebook>.py`` says what is trained: ``prepare(folder)`` gives
what all runs have in common, from the files beside the notebook; ``curves(prepared, seed)`` makes
one run and gives the numbers of each line. ``glovebox calibrate ASSIGNMENT --curves N`` writes the
bands to ``tests/hidden/<notebook>.curves.json``, from where a check takes them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from glovebox.assignment import CHECKS, AssignmentBundle
from glovebox.errors import UserError
from glovebox.experiment import load, prepared
from glovebox.files import write_whole
from glovebox.pool import Pool
from glovebox.unpack import unpacked

Bands = Mapping[str, Sequence[Sequence[float]]]
"""For each line the pairs (low, high), one for each of its numbers."""
_INSIDE = (5, 95)
"""Percentiles of the runs between which a band lies."""


def load_bands(path: Path) -> Bands:
    """The bands that ``glovebox calibrate --curves`` wrote; none, where it has not run."""
    if not path.is_file():
        return {}
    found: Bands = json.loads(path.read_text(encoding="utf-8"))["bands"]
    return found


def measure_bands(
    course_root: Path,
    bundle: AssignmentBundle,
    runs: int,
    jobs: int,
    on_planned: Callable[[int], None] = lambda _: None,
    on_done: Callable[[str], None] = lambda _: None,
) -> Bands:
    """Run so many right solutions, and write the bands into the folder of the hidden checks.

    Raises:
        UserError: the notebook has no curves to measure.
        OSError: there is no room to write.
    """
    name = f"curves_{bundle.notebook}.py"
    if name not in bundle.checks:
        raise UserError(
            f"{bundle.notebook} has no curves to measure; that would take {CHECKS / name}."
        )
    on_planned(runs)
    pool = Pool(jobs)
    try:
        calls = [pool.submit(_curves, _Run(bundle, name, seed)) for seed in range(runs)]
        found = []
        for number, call in enumerate(calls):
            found.append(call.future.result())
            on_done(f"run {number}")
    finally:
        pool.close(at_once=True)
    bands = {line: _band([one[line] for one in found]) for line in found[0]}
    text = json.dumps({"runs": runs, "percentiles": _INSIDE, "bands": bands}, indent=1)
    write_whole(course_root / CHECKS / f"{bundle.notebook}.curves.json", f"{text}\n".encode())
    return bands


@dataclass(frozen=True)
class _Run:
    bundle: AssignmentBundle
    experiment: str
    seed: int


def _curves(run: _Run) -> dict[str, list[float]]:
    path = unpacked(run.bundle.checks) / run.experiment
    common = prepared(path, unpacked(run.bundle.data))
    found: dict[str, list[float]] = load(path).curves(common, run.seed)
    return found


def _band(runs: Sequence[Sequence[float]]) -> list[list[float]]:
    pairs = np.percentile(np.asarray(runs), _INSIDE, axis=0).T
    return [[round(float(low), 4), round(float(high), 4)] for low, high in pairs]
