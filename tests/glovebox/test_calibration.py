"""Calibrations: made, stored, judged by, and known to be stale."""

from __future__ import annotations

import dataclasses
import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from glovebox.assignment import CHECKS, AssignmentBundle
from glovebox.calibrate import calibrate, drift, find_canary
from glovebox.calibration import (
    CANARY,
    Calibration,
    CalibrationError,
    calibration_name,
    circumstances,
    experiment_name,
    read_calibration,
    stale,
)
from glovebox.calibrationpage import TOPIC, draw, lines
from glovebox.errors import UserError
from glovebox.failures import Failure, Partly
from glovebox.page import check, marks, put
from glovebox.separation import NotSeparated, Rule

Bundle = Callable[..., AssignmentBundle]

EXPERIMENT = '''
"""Networks that are but numbers."""
import random

RIGHT, WRONG, TRIES = "right", ("shifted", "random"), 2
MEANS = {"right": 0.9, "shifted": 0.55, "random": 0.5}


def prepare(folder):
    return {path.name for path in folder.iterdir()}


def accuracy(prepared, kind, seed):
    assert prepared == {"vectors.txt"}
    return random.Random(f"{kind} {seed}").gauss(MEANS[kind], SPREAD)


def canary(prepared):
    return str(random.Random(1).random())
'''
DATA = {"vectors.txt": b"film 0.123 -4.5\n"}
RULE = Rule(0.6, 0.8, 2)


def calibrated(bundle: AssignmentBundle, calibration: Calibration) -> AssignmentBundle:
    stored = {calibration_name(bundle.notebook): calibration.to_json().encode()}
    return dataclasses.replace(bundle, checks={**bundle.checks, **stored})


@pytest.fixture
def bundle(tiny_bundle: Bundle) -> AssignmentBundle:
    plain = tiny_bundle(data=DATA)
    experiment = EXPERIMENT.replace("SPREAD", "0.02").encode()
    return dataclasses.replace(
        plain, checks={**plain.checks, experiment_name(plain.notebook): experiment}
    )


@pytest.fixture
def made(bundle: AssignmentBundle) -> Calibration:
    accuracies = {"right": (0.9, 0.88, 0.91), "shifted": (0.5, 0.52, 0.51)}
    made_with = circumstances(bundle) | {CANARY: find_canary(bundle)}
    return Calibration(RULE, "right", accuracies, made_with)


def test_a_calibration_is_measured_and_written(tmp_path: Path, bundle: AssignmentBundle) -> None:
    (tmp_path / CHECKS).mkdir(parents=True)
    planned: list[int] = []
    done: list[str] = []
    found = calibrate(tmp_path, bundle, 40, 30, 2, planned.append, done.append)
    assert planned == [100]
    assert len(done) == 100
    assert {kind: len(values) for kind, values in found.accuracies.items()} == {
        "right": 40,
        "shifted": 30,
        "random": 30,
    }
    assert 0.6 < found.rule.floor < found.rule.threshold < 0.85
    assert found.rule.tries == 2
    stored = Calibration.load(tmp_path / CHECKS / calibration_name("tiny"))
    assert stored == found
    assert stale(calibrated(bundle, stored)) == drift(calibrated(bundle, stored)) == ""


def test_what_does_not_separate_is_not_written(tmp_path: Path, bundle: AssignmentBundle) -> None:
    (tmp_path / CHECKS).mkdir(parents=True)
    wide = EXPERIMENT.replace("SPREAD", "0.2").encode()
    checks = {**bundle.checks, experiment_name("tiny"): wide}
    with pytest.raises(NotSeparated):
        calibrate(tmp_path, dataclasses.replace(bundle, checks=checks), 20, 20, 1)
    assert list((tmp_path / CHECKS).iterdir()) == []


def test_a_notebook_without_an_accuracy_has_nothing_to_calibrate(
    tmp_path: Path, tiny_bundle: Bundle
) -> None:
    assert stale(tiny_bundle()) == drift(tiny_bundle()) == ""
    with pytest.raises(CalibrationError, match=r"that would take tests/hidden/calibrate_tiny\.py"):
        calibrate(tmp_path, tiny_bundle(), 10, 10, 1)


@pytest.mark.parametrize("text", [b"", b"{}", b"[1]", b'{"rule": 5}', b"\xff"])
def test_a_calibration_that_cannot_be_used(bundle: AssignmentBundle, text: bytes) -> None:
    checks = {**bundle.checks, calibration_name("tiny"): text}
    with pytest.raises(CalibrationError, match=r"tiny\.calibration\.json: is missing or cannot"):
        stale(dataclasses.replace(bundle, checks=checks))


def test_a_missing_calibration(bundle: AssignmentBundle) -> None:
    with pytest.raises(CalibrationError, match="run `glovebox calibrate`"):
        read_calibration(bundle)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("keras", r"keras was 1\.0 and is"),
        ("data", r"data was 1\.0 and is"),
        ("experiment", r"experiment was 1\.0 and is"),
    ],
)
def test_other_circumstances_are_noticed(
    bundle: AssignmentBundle, made: Calibration, part: str, said: str
) -> None:
    older = dataclasses.replace(made, made_with={**made.made_with, part: "1.0"})
    sentence = stale(calibrated(bundle, older))
    assert sentence.endswith("run `glovebox calibrate tiny`.")
    assert re.search(said, sentence)


def test_other_random_numbers_are_noticed(bundle: AssignmentBundle, made: Calibration) -> None:
    drifted = dataclasses.replace(made, made_with={**made.made_with, CANARY: "0.7"})
    assert stale(calibrated(bundle, drifted)) == ""
    assert "the random generators give other numbers" in drift(calibrated(bundle, drifted))


def test_data_are_the_same_whatever_machine_made_them(bundle: AssignmentBundle) -> None:
    def digest(**data: bytes) -> str:
        return circumstances(dataclasses.replace(bundle, data=data))["data"]

    assert digest(a=b"film 0.12 -4.5") == digest(a=b"film 0.1200001 -4.4999")
    assert digest(a=b"film 0.12 -4.5") != digest(a=b"scene 0.12 -4.5")
    packed = {level: gzip.compress(b"film " * 99, level) for level in (1, 9)}
    assert packed[1] != packed[9]
    assert digest(**{"a.gz": packed[1]}) == digest(**{"a.gz": packed[9]})


# --- judging by it --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accuracies", "tries", "share"),
    [
        ([0.85], 1, 1.0),
        ([0.5, 0.8], 2, 1.0),
        ([0.7, 0.65], 2, 0.5),
        ([0.65, 0.7], 2, 0.5),
        ([0.6, 0.2], 2, 0.0),
    ],
)
def test_the_best_try_is_what_counts(
    made: Calibration, accuracies: list[float], tries: int, share: float
) -> None:
    asked: list[int] = []

    def measure(number: int) -> float:
        asked.append(number)
        return accuracies[number]

    if share == 1:
        made.judge(measure, "The share")
    else:
        with pytest.raises(Failure) as failure:
            made.judge(measure, "The share")
        assert failure.value.message.startswith(f"The share: {max(accuracies):.1%}. All points")
        earned = failure.value.share if isinstance(failure.value, Partly) else 0.0
        assert earned == pytest.approx(share)
    assert asked == list(range(tries))


# --- showing it -----------------------------------------------------------------------------------


def test_page_and_picture(tmp_path: Path, made: Calibration) -> None:
    page = tmp_path / "page.md"
    page.write_text("\n".join(["before", *marks(TOPIC), "after"]), encoding="utf-8")
    for _ in range(2):
        put(page, TOPIC, lines(made))
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("\nafter")
    assert text.count("All points from an accuracy of 80% on, none up to 60%") == 1
    assert "| shifted | 3 | 0.510 | 0.010 | 0.500–0.520 | 3 of 3 (29.2%–100.0%) |" in text
    draw(made, tmp_path / "picture.png")
    assert (tmp_path / "picture.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("text", [None, "no marks", marks(TOPIC)[0]])
def test_a_page_without_its_marks(tmp_path: Path, text: str | None) -> None:
    page = tmp_path / "page.md"
    if text is not None:
        page.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="write the page first, with the lines"):
        check(page, TOPIC)
