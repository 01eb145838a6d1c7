"""Grades one notebook of one submission: a function from bytes to bytes.

It holds no course folder, no gradebook and no state, so it runs the same in ``nbgrader autograde``,
in a local pool of processes and on a cluster.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import secrets
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from glovebox.annotate import annotate
from glovebox.assignment import CHECKS, AssignmentBundle, check_module
from glovebox.checks import PLUGIN, Grading, use_hypothesis_profile
from glovebox.declaration import ChecksError
from glovebox.environment import environment
from glovebox.inputs import digest_of_inputs, versions
from glovebox.limits import Limits
from glovebox.parse import parse_notebook
from glovebox.pristine import pristine
from glovebox.rebuild import rebuild
from glovebox.run import NotebookRun
from glovebox.unpack import unpacked
from glovebox.verdict import CheckRecord, NotebookVerdict, Oddity

ATTEMPTS = 4
"""How often a notebook is graded at most that loses its kernel each time.

Among so many are two that nothing disturbed, even where two kernels were lost to others.
"""


@dataclass(frozen=True)
class GradeJob:
    """Everything that grading one notebook takes.

    ``submission`` is None when nothing readable was handed in; ``oddities`` are those found while
    reading it. Without a ``seed`` the generated inputs differ from run to run; the one used is in
    the verdict. Without the ``sandbox`` student code can do what the grader can, and the verdict
    says so. ``mutated`` names the cell (``grade_id``) in which a solution that earns everything was
    changed, of which nothing is asked but whether the checks notice: those of cells before it,
    which pass, are not run, and grading ends at the first one that does not pass.
    """

    notebook: str
    submission: bytes | None
    oddities: tuple[Oddity, ...]
    assignment: AssignmentBundle
    seed: int | None = None
    limits: Limits = field(default_factory=Limits)
    sandbox: bool = True
    mutated: str = ""


@dataclass(frozen=True)
class Graded:
    """The graded notebook (nbformat 4 JSON) and its verdict."""

    notebook: bytes
    verdict: NotebookVerdict


def grade(job: GradeJob) -> Graded:
    """Rebuild the notebook, run it, check it, and say what came of it.

    Whatever the submission holds, this returns a verdict. Who ended a kernel cannot be told: its
    own code, or a system short of memory, for which no student may pay. So the notebook is graded
    again, and only what comes to the same end twice is taken for what it does.

    Raises:
        ChecksError: the instructor's checks cannot be run, which is nobody's mark.
    """
    seed = secrets.randbits(32) if job.seed is None else job.seed
    before: list[NotebookVerdict] = []
    for _ in range(ATTEMPTS):
        graded, lost = _attempt(job, seed)
        # Chance does not strike twice at the same place.
        if not lost or any(_agree(verdict, graded.verdict) for verdict in before):
            break
        before.append(graded.verdict)
    return graded


def _agree(one: NotebookVerdict, other: NotebookVerdict) -> bool:
    outcomes = ([(check.check, check.outcome) for check in v.checks] for v in (one, other))
    return one.oddities == other.oddities and next(outcomes) == next(outcomes)


def _attempt(job: GradeJob, seed: int) -> tuple[Graded, bool]:
    """Grade once; also whether a kernel was lost, and nobody knows to whom."""
    started = time.perf_counter()
    oddities = list(job.oddities)
    submitted = None
    if job.submission is not None:
        submitted, found = parse_notebook(job.submission)
        oddities += found
    rebuilt = rebuild(pristine(job.assignment.source, job.assignment.place), submitted)
    oddities += rebuilt.oddities
    with NotebookRun(rebuilt.notebook, job.assignment.data, job.limits, job.sandbox) as run:
        records = run_checks(job.assignment, run, seed, job.mutated)
        if not job.mutated:
            run.finish()
    verdict = NotebookVerdict(
        notebook=job.notebook,
        checks=records,
        oddities=tuple(dict.fromkeys(oddities + run.oddities)),
        seed=seed,
        duration=round(time.perf_counter() - started, 2),
        memory=run.memory,
        confined=job.sandbox,
        unanswered=rebuilt.unanswered,
        submission_sha256=hashlib.sha256(job.submission or b"").hexdigest(),
        assignment_sha256=job.assignment.sha256,
        inputs_sha256=digest_of_inputs(job),
        versions=dict(versions()),
    )
    annotate(rebuilt.notebook, verdict)
    # Half a surrogate pair, which no encoding can write, may stand in a student's source.
    notebook = str(nbformat.writes(rebuilt.notebook)).encode("utf-8", "replace")
    return Graded(notebook, verdict), run.lost


def run_checks(
    assignment: AssignmentBundle, run: NotebookRun, seed: int, mutated: str = ""
) -> tuple[CheckRecord, ...]:
    """Run the hidden checks of a notebook with pytest, in this process.

    Of a ``mutated`` one these are not all; see :class:`GradeJob`.

    Raises:
        ChecksError: the checks cannot be collected.
    """
    grading = Grading(lambda _: run, mutated)
    options = ["--exitfirst"] if mutated else []
    _pytest(assignment, grading, f"--hypothesis-seed={seed}", *options)
    return grading.records


def rehearse(job: GradeJob, kernel: bool = True) -> None:
    """Try what every submission needs: collect the hidden checks and, if wanted, start a kernel.

    Raises:
        ChecksError: the checks cannot be collected, or a cell is not worth what they are.
        AssignmentError: the instructor's notebook cannot be used.
        NoKernel: there is no kernel, or no sandbox, to be had on this machine.
    """
    assignment = job.assignment
    notebook = pristine(assignment.source, assignment.place)
    with NotebookRun(notebook, assignment.data, job.limits, job.sandbox) as run:
        grading = Grading(lambda _: run)
        _pytest(assignment, grading, "--collect-only")
        _check_worth(assignment, notebook, grading.records)
        if kernel:
            run.start()


def _check_worth(
    assignment: AssignmentBundle, notebook: NotebookNode, checks: tuple[CheckRecord, ...]
) -> None:
    """Compare the points of each grade cell's checks with those that nbgrader knows of."""
    sums: dict[str, float] = {}
    for check in checks:
        sums[check.grade_cell] = sums.get(check.grade_cell, 0.0) + check.max_points
    for cell in notebook.cells:
        labels = cell.metadata.get("nbgrader", {})
        together = sums.get(labels.get("grade_id"))
        if together is not None and abs(together - labels.get("points", 0)) > 1e-9:
            raise ChecksError(
                f"{CHECKS}/{check_module(assignment.notebook)}: the checks of the cell "
                f'"{labels["grade_id"]}" are worth {together:g} points together, and the cell '
                f"{labels.get('points', 0):g} in {assignment.place}; make these equal."
            )


def _pytest(assignment: AssignmentBundle, grading: Grading, *options: str) -> None:
    folder = unpacked(assignment.checks)
    output = io.StringIO()
    arguments = [
        str(folder / check_module(assignment.notebook)),
        f"--rootdir={folder}",
        f"--confcutdir={folder}",
        f"--config-file={os.devnull}",
        "--import-mode=importlib",
        "--strict-markers",
        "-p_hypothesis_pytestplugin",
        "-pglovebox.plugin",
        "-pno:cacheprovider",
        # It collects garbage ten times over, which takes seconds where TensorFlow is loaded.
        "-pno:unraisableexception",
        "-q",
        *options,
    ]
    use_hypothesis_profile()
    with _alone(folder), contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        code = pytest.main(arguments, plugins=[_Named(grading)])
    if grading.problems or code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        said = "\n".join(grading.problems)[:2000] or output.getvalue()[-2000:]
        place = f"{CHECKS}/{check_module(assignment.notebook)}"
        raise ChecksError(f"{place} cannot be run: {said.replace(str(folder), str(CHECKS))}")


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep pytest to itself: no plugins or options of the machine, no modules of an earlier run.

    What a check module keeps in its globals belongs to one submission.
    """
    ours = {
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTEST_ADDOPTS": "",
        "PYTEST_PLUGINS": "",
        "HYPOTHESIS_STORAGE_DIRECTORY": str(folder / ".hypothesis"),
    }
    try:
        with environment(ours):
            yield
    finally:
        for name, module in list(sys.modules.items()):
            if str(getattr(module, "__file__", None) or "").startswith(f"{folder}{os.sep}"):
                del sys.modules[name]


class _Named:
    """Registers the grading under the name by which the ``student`` fixture finds it."""

    def __init__(self, grading: Grading) -> None:
        self._grading = grading

    def pytest_configure(self, config: pytest.Config) -> None:
        config.pluginmanager.register(self._grading, PLUGIN)
