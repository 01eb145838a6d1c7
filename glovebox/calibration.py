"""The accuracy that a check asks for, what it was derived from, and whether that still holds.

``glovebox calibrate`` measures and writes ``tests/hidden/<notebook>.calibration.json``; the check
reads it and judges by it.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.metadata
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from glovebox.assignment import CHECKS, AssignmentBundle
from glovebox.errors import UserError
from glovebox.failures import Failure, Partly
from glovebox.separation import Rule

_LIBRARIES = ("tensorflow-cpu", "tensorflow", "keras", "numpy")
_FRACTION = re.compile(rb"-?[0-9]+\.[0-9]+")
CANARY = "random numbers"
"""What is compared by :func:`drifted` only, as it takes seconds to find out."""


class CalibrationError(UserError):
    """A calibration that is missing or cannot be read."""


@dataclass(frozen=True)
class Calibration:
    """The rule, the accuracies (0 to 1, one a run) it was derived from, and what they hang on.

    ``made_with`` names versions and digests; where one is another now, the accuracies may be, too.
    """

    rule: Rule
    right: str
    accuracies: Mapping[str, tuple[float, ...]]
    made_with: Mapping[str, str]

    @classmethod
    def load(cls, path: Path) -> Calibration:
        """Read what ``glovebox calibrate`` wrote.

        Raises:
            CalibrationError: it is not there, or not a calibration.
        """
        return cls.from_json(path.read_bytes() if path.is_file() else b"", path.name)

    @classmethod
    def from_json(cls, text: bytes, name: str) -> Calibration:
        """Read a calibration whose file has this name; raises as :meth:`load` does."""
        try:
            fields = json.loads(text)
            return cls(
                rule=Rule(**fields["rule"]),
                right=str(fields["right"]),
                accuracies={key: tuple(values) for key, values in fields["accuracies"].items()},
                made_with={str(key): str(value) for key, value in fields["made_with"].items()},
            )
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise CalibrationError(
                f"{CHECKS / name}: is missing or cannot be used; run `glovebox calibrate`."
            ) from error

    def to_json(self) -> str:
        """The calibration as it is stored."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n"

    def judge(self, measure: Callable[[int], float], what: str) -> None:
        """Measure up to so many tries, and give the points that the best of them earns.

        Args:
            measure: gives the accuracy (0 to 1) of a try, which are numbered from 0.
            what: what was measured, as the sentence for the student begins.

        Raises:
            Failure: no try is above the floor.
            Partly: the best one is between the floor and the threshold.
        """
        accuracies: list[float] = []
        while len(accuracies) < self.rule.tries:
            accuracies.append(measure(len(accuracies)))
            if accuracies[-1] >= self.rule.threshold:
                return
        share = self.rule.share(accuracies)
        sentence = (
            f"{what}: {max(accuracies):.1%}. All points are given from {self.rule.threshold:.0%} "
            f"on, none up to {self.rule.floor:.0%}."
        )
        raise Partly(sentence, share) if share else Failure(sentence)


def calibration_name(notebook: str) -> str:
    """The file name of the calibration of a notebook's check."""
    return f"{notebook}.calibration.json"


def experiment_name(notebook: str) -> str:
    """The file name of the module that measures for the calibration."""
    return f"calibrate_{notebook}.py"


def circumstances(bundle: AssignmentBundle) -> dict[str, str]:
    """What the accuracies hang on, as far as it can be told at once: versions and digests."""
    found = {}
    for name in _LIBRARIES:
        try:
            # The package has another name on other systems, and is the same thing.
            found[name.removesuffix("-cpu")] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    experiment = bundle.checks.get(experiment_name(bundle.notebook), b"")
    found["experiment"] = hashlib.sha256(experiment).hexdigest()[:16]
    found["data"] = _digest_of_data(bundle.data)
    return found


def _digest_of_data(data: Mapping[str, bytes]) -> str:
    """A digest of data files that is the same wherever the same generator made them.

    The last digits of trained numbers differ from machine to machine, and packers pack differently:
    numbers with a decimal point are left out, and what is packed is unpacked.
    """
    digest = hashlib.sha256()
    for name, content in sorted(data.items()):
        plain = gzip.decompress(content) if name.endswith(".gz") else content
        digest.update(f"{name}\0".encode() + _FRACTION.sub(b"#", plain) + b"\0")
    return digest.hexdigest()[:16]


def stale(bundle: AssignmentBundle) -> str:
    """Why the calibration of a notebook no longer holds, in one sentence; nothing, if it does.

    A notebook whose checks ask for no accuracy has none.

    Raises:
        CalibrationError: the calibration is missing or cannot be read.
    """
    if experiment_name(bundle.notebook) not in bundle.checks:
        return ""
    calibration = read_calibration(bundle)
    now = circumstances(bundle)
    return _sentence(
        bundle.notebook,
        [
            f"{name} was {calibration.made_with.get(name, 'not there')} and is {value}"
            for name, value in now.items()
            if calibration.made_with.get(name) != value
        ],
    )


def drifted(calibration: Calibration, notebook: str, canary: str) -> str:
    """The sentence that random numbers are others than those of the calibration, or nothing."""
    same = calibration.made_with.get(CANARY) == canary
    return "" if same else _sentence(notebook, ["the random generators give other numbers"])


def read_calibration(bundle: AssignmentBundle) -> Calibration:
    """The calibration in a bundle.

    Raises:
        CalibrationError: it is not there, or not a calibration.
    """
    name = calibration_name(bundle.notebook)
    return Calibration.from_json(bundle.checks.get(name, b""), name)


def _sentence(notebook: str, changes: list[str]) -> str:
    if not changes:
        return ""
    return (
        f"the accuracy asked for in {notebook} was calibrated in other circumstances "
        f"({'; '.join(changes)}); run `glovebox calibrate {notebook}`."
    )
