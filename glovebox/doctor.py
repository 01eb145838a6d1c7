"""Says in plain words whether this machine can grade, by trying each thing that grading needs."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from glovebox.errors import UserError
from glovebox.launch import check_platform

_NEEDED_BYTES = 1 << 30


class Health(StrEnum):
    """How a finding bears on grading."""

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True)
class Diagnosis:
    """One thing tried: what it was, how it went, and what to do about it."""

    topic: str
    health: Health
    finding: str


def examine(course_root: Path) -> Iterator[Diagnosis]:
    """Try, one by one, what grading needs on this machine and in this course."""
    for topic, look in _EXAMINATIONS.items():
        try:
            health, finding = look(course_root)
        except UserError as error:
            health, finding = Health.BAD, str(error)
        except Exception as error:  # whatever is wrong with the machine is the finding
            health, finding = Health.BAD, f"{type(error).__name__}: {error}"
        yield Diagnosis(topic, health, finding)


def _python(_: Path) -> tuple[Health, str]:
    version = platform.python_version()
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        return Health.BAD, f"Python {version}; use 3.11, 3.12 or 3.13."
    return Health.GOOD, f"Python {version}, {os.cpu_count()} processors"


def _libraries(_: Path) -> tuple[Health, str]:
    names = ["nbgrader", "keras", "numpy", "pytest", "hypothesis", "ipykernel"]
    tensorflow = "tensorflow-cpu" if sys.platform == "linux" else "tensorflow"
    versions = [f"{name} {importlib.metadata.version(name)}" for name in [tensorflow, *names]]
    return Health.GOOD, ", ".join(versions)


def _bytecode(_: Path) -> tuple[Health, str]:
    # Found, not imported: the import is the very thing that may take long.
    import importlib.util

    spec = importlib.util.find_spec("numpy")
    if spec is None or spec.cached is None or not Path(spec.cached).is_file():
        return (
            Health.WARNING,
            "the installed packages are not compiled, so importing TensorFlow takes about four "
            "times as long; run `make setup` again or `python -m compileall` on site-packages.",
        )
    return Health.GOOD, "the installed packages are compiled"


def _space(_: Path) -> tuple[Health, str]:
    folder = tempfile.gettempdir()
    free = shutil.disk_usage(folder).free
    if free < _NEEDED_BYTES:
        return Health.BAD, f"{folder} has {free >> 20} MiB free; grading needs about 1024."
    return Health.GOOD, f"{folder} has {free >> 30} GiB free"


def _kernel(_: Path) -> tuple[Health, str]:
    from glovebox import wire
    from glovebox.limits import Limits
    from glovebox.session import Session

    session = Session(Limits(startup=60), {}, sandbox=False)
    try:
        session.start()
        session.execute("def double(x): return 2 * x", timeout=10)
        reply = wire.decode(session.ask(wire.encode(("call", "double", [21], {})), timeout=10))
    finally:
        session.kill()
    if reply != ("value", 42):
        return Health.BAD, f"a kernel starts, but a call into it answered {reply!r}."
    return Health.GOOD, "a kernel starts and answers through the gloves"


def _sandbox(_: Path) -> tuple[Health, str]:
    try:
        check_platform(sandbox=True)
    except UserError as error:
        return Health.BAD, str(error)
    # Imported here, since other systems lack what it is made of.
    from glovebox.sandbox.group import controller
    from glovebox.sandbox.linux import landlock_version
    from glovebox.sandbox.probe import NoSandbox, probe

    try:
        layers = list(probe())
    except NoSandbox as error:
        return Health.BAD, f"no kernel could be confined: {error}"
    torn = [f"{layer.name}: {layer.finding}" for layer in layers if not layer.holds]
    if torn:
        return Health.BAD, f"the sandbox does not hold ({'; '.join(torn)}). Do not grade here."
    held = "; ".join(f"{layer.name}: {layer.finding}" for layer in layers)
    counted = "by a control group" if controller() else "by watching, as no group can be made"
    held = f"{held}; memory: limited {counted}"
    version = landlock_version()
    if version == 0:
        return Health.WARNING, f"{held}. Landlock: this Linux has none, the other layers hold."
    return Health.GOOD, f"{held}; Landlock {version}"


def _course(root: Path) -> tuple[Health, str]:
    from glovebox.assignment import (
        CHECKS,
        AssignmentBundle,
        check_module,
        list_assignments,
        list_notebooks,
    )
    from glovebox.config import prepare_data
    from glovebox.grade import GradeJob, rehearse

    assignments = list_assignments(root)
    if not assignments:
        return (
            Health.WARNING,
            f"{root} holds no source/<assignment>/<notebook>.ipynb; run this in a course folder.",
        )
    unchecked = [
        notebook
        for assignment in assignments
        for notebook in list_notebooks(root, assignment)
        if not (root / CHECKS / check_module(notebook)).is_file()
    ]
    if unchecked:
        return Health.BAD, f"no hidden checks in {CHECKS} for: {', '.join(unchecked)}."
    for assignment in assignments:
        # The data are made where they are missing, since a bundle holds them.
        prepare_data(root, assignment)
        for notebook in list_notebooks(root, assignment):
            bundle = AssignmentBundle.load(root, assignment, notebook)
            rehearse(GradeJob(notebook, None, (), bundle), kernel=False)
    return Health.GOOD, f"assignments: {', '.join(assignments)}"


def _calibration(root: Path) -> tuple[Health, str]:
    from glovebox.assignment import CHECKS, AssignmentBundle, list_assignments, list_notebooks
    from glovebox.calibrate import drift
    from glovebox.calibration import experiment_name, read_calibration, stale
    from glovebox.config import prepare_data

    found, warnings = [], []
    for assignment in list_assignments(root):
        notebook = list_notebooks(root, assignment)[0]
        if not (root / CHECKS / experiment_name(notebook)).is_file():
            continue
        # The data are made where they are missing: the accuracies hang on them.
        prepare_data(root, assignment)
        bundle = AssignmentBundle.load(root, assignment, notebook)
        rule = read_calibration(bundle).rule
        found.append(f"{assignment} asks for {rule.threshold:.0%}")
        warnings += [sentence for sentence in (stale(bundle), drift(bundle)) if sentence]
    if warnings:
        return Health.WARNING, " ".join(warnings)
    return Health.GOOD, "; ".join(found) or "no check asks for an accuracy that was calibrated"


_EXAMINATIONS: dict[str, Callable[[Path], tuple[Health, str]]] = {
    "python": _python,
    "libraries": _libraries,
    "bytecode": _bytecode,
    "disk": _space,
    "kernel": _kernel,
    "sandbox": _sandbox,
    "course": _course,
    "accuracy": _calibration,
}
