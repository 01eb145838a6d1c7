"""The pytest plugin: hidden checks are plain pytest functions, graded one record each.

``pytest tests/hidden --submission solutions/`` runs them at a shell; :mod:`glovebox.grade` runs
them with the same :class:`Grading` object in a worker. The notebook advances to a check's grade
cell before the check runs, so pytest's own loop drives the student's kernel.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from glovebox.declaration import Check, ChecksError, beside, describe, module_of, notebook_of
from glovebox.failures import CallFailure, Failure, Partly, StudentError
from glovebox.figures import figures_in
from glovebox.gloves import Student
from glovebox.lean import lean
from glovebox.run import NotebookRun
from glovebox.unpack import unpacked
from glovebox.verdict import CheckRecord, Outcome

PLUGIN = "glovebox-grading"


class Grading:
    """Drives one pytest session over the notebooks that ``open_run`` opens.

    ``open_run(notebook)`` gives the run of the notebook that ``test_<notebook>.py`` checks;
    ``cells`` of a run's notebook set the order of the checks. Those of grade cells before the cell
    ``since`` are left out, and are taken for passed by the checks that need them.
    """

    def __init__(self, open_run: Callable[[str], NotebookRun], since: str = "") -> None:
        self._open_run = open_run
        self._since = since
        self._runs: dict[str, NotebookRun] = {}
        self._students: dict[str, Student] = {}
        self._checks: dict[str, Check] = {}
        self._records: dict[str, CheckRecord] = {}
        self._raised: dict[str, tuple[str, str]] = {}
        self._advancing = 0.0
        self.problems: list[str] = []

    @property
    def records(self) -> tuple[CheckRecord, ...]:
        """One record for every expected check; one that never reported is an error."""
        silent = "The check did not report; a person must look."
        records = {
            key: self._records.get(key) or check.record(Outcome.ERROR, message=silent)
            for key, check in self._checks.items()
        }
        for key in self._broken(records):
            records[key] = replace(records[key], hint="")
        return tuple(records.values())

    def _broken(self, records: Mapping[str, CheckRecord]) -> Iterator[str]:
        """The checks of grade cells in which a function raises the same exception whatever it gets.

        A hint says what a check is about; here the student's exception says what is the matter.
        """
        cells: dict[tuple[str, str], list[str]] = {}
        for key, record in records.items():
            if record.outcome is not Outcome.NOT_RUN:
                cells.setdefault((beside(key, ""), record.grade_cell), []).append(key)
        for keys in cells.values():
            causes = {self._raised.get(key) for key in keys}
            if len(keys) > 1 and len(causes) == 1 and None not in causes:
                yield from keys

    def records_of(self, notebook: str) -> tuple[CheckRecord, ...]:
        """The records of the checks of one notebook."""
        modules = [Path(key.partition("::")[0]).stem for key in self._checks]
        pairs = zip(modules, self.records, strict=True)
        return tuple(record for module, record in pairs if module == f"test_{notebook}")

    def student(self, module: Any) -> Student:
        """The gloves for the notebook that a module of checks is about."""
        notebook = notebook_of(module)
        if notebook not in self._students:
            self._runs[notebook] = self._open_run(notebook)
            self._students[notebook] = Student(self._runs[notebook])
        return self._students[notebook]

    def data_folder(self, module: Any) -> Path:
        """A trusted copy of the files that lie beside the notebook of a module of checks."""
        self.student(module)
        return unpacked(self._runs[notebook_of(module)].data)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Checks that cannot be collected stop the grading: nobody's mark may hang on them."""
        if report.failed:
            # pytest marks the lines that say why with an E; the rest is its own traceback.
            lines = report.longreprtext.splitlines()
            reasons = [line[1:].strip() for line in lines if line.startswith("E ")] or lines
            self.problems.append(f"{report.nodeid}: {' '.join(reasons)}")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Fix the set of expected checks and bring them into the order of the notebook."""
        for item in items:
            if unknown := _unknown_fixtures(item):
                self.problems.append(f"{item.nodeid}: there is no fixture {unknown[0]!r}.")
            try:
                self._checks[item.nodeid] = describe(item)
                lean(getattr(item, "obj", None))
            except ChecksError as error:
                self.problems.append(str(error))
        self.problems += [
            f"{key} needs {needed!r}, which does not exist."
            for key, check in self._checks.items()
            for needed in check.needs
            if beside(key, needed) not in self._checks
        ]
        if self.problems:
            raise pytest.UsageError(*self.problems)
        order, wanted = {}, []
        for item in items:
            self.student(module_of(item))
            run = self._runs[notebook_of(module_of(item))]
            cell = self._checks[item.nodeid].grade_cell
            if cell not in run.cells:
                problem = f"{item.nodeid}: the notebook has no grade cell {cell!r}."
                self.problems.append(problem)
                raise pytest.UsageError(problem)
            order[item.nodeid] = (str(module_of(item).__name__), run.cells[cell])
            if not self._since or run.cells[cell] >= run.cells[self._since]:
                wanted.append(item)
        items[:] = sorted(wanted, key=lambda item: order[item.nodeid])
        self._checks = {item.nodeid: self._checks[item.nodeid] for item in items}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Bring the notebook to the check's grade cell, unless the check can tell nothing."""
        check = self._checks[item.nodeid]
        started = time.perf_counter()
        self._runs[notebook_of(module_of(item))].advance_to(check.grade_cell)
        self._advancing = time.perf_counter() - started
        for key in [beside(item.nodeid, needed) for needed in check.needs]:
            record = self._records.get(key)
            if key in self._checks and (record is None or record.outcome is not Outcome.PASSED):
                message = f"Not run: it needs “{self._checks[key].title}”."
                self._records[item.nodeid] = check.record(Outcome.NOT_RUN, message=message)
                pytest.skip(message)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Turn each phase of a check into its record; the worst phase decides."""
        report = yield
        check = self._checks[item.nodeid]
        earlier = self._records.get(item.nodeid)
        # Running the notebook's cells is not the check's own time.
        duration = call.duration - (self._advancing if call.when == "setup" else 0.0)
        duration = round(max(duration, 0.0), 3)
        if call.excinfo is not None:
            if earlier is None or earlier.outcome is Outcome.PASSED:
                error = _first(call.excinfo.value)
                outcome, message = _judge(error)
                if isinstance(error, Failure) and not isinstance(
                    error, (StudentError, CallFailure)
                ):
                    message = check.revealed(message)
                record = check.record(
                    outcome, message=message, detail=report.longreprtext, duration=duration
                )
                if isinstance(error, Failure) and error.said_all:
                    record = replace(record, hint="")
                if isinstance(error, Partly):
                    record = replace(record, points=round(error.share * check.points, 2))
                if isinstance(error, StudentError):
                    self._raised[item.nodeid] = (error.function, error.error)
                self._records[item.nodeid] = record
        elif call.when == "call":
            self._records[item.nodeid] = check.record(Outcome.PASSED, duration=duration)
        if call.when == "teardown" and item.nodeid in self._records:
            figures = figures_in(item.user_properties)
            self._records[item.nodeid] = replace(self._records[item.nodeid], figures=figures)
        return report


def _unknown_fixtures(item: pytest.Item) -> list[str]:
    """What a check asks for that nothing provides; pytest says so only when it runs."""
    info = getattr(item, "_fixtureinfo", None)
    if info is None:
        return []
    return [name for name in info.names_closure if name not in {*info.name2fixturedefs, "request"}]


def _first(error: BaseException) -> BaseException:
    """The exception, or the first one of a group of which all say that the work is not right.

    Hypothesis wraps what it saw when a function fails only now and then.
    """
    if isinstance(error, BaseExceptionGroup):
        parts = [_first(part) for part in error.exceptions]
        if all(_judge(part)[0] is Outcome.FAILED for part in parts):
            return parts[0]
    return error


def _judge(error: BaseException) -> tuple[Outcome, str]:
    """How a check ended, and the student's sentence about it, from the exception it raised."""
    if isinstance(error, Failure):
        return Outcome.FAILED, error.message
    if isinstance(error, (AssertionError, pytest.fail.Exception)):
        return Outcome.FAILED, "The result is not what the exercise asks for."
    return Outcome.ERROR, "The check could not decide; a person will look at it."


def use_hypothesis_profile() -> None:
    """Generated inputs without a clock, a memory or a word of Hypothesis's own to the student.

    No deadline and no health checks: a slow machine must not cost a point. No database: nothing of
    one submission may reach the next. Every setting starts from Hypothesis's own default, not from
    the profile in force: where the environment names a CI service, that one ignores the seed.
    """
    from hypothesis import HealthCheck, Phase, settings

    settings.register_profile(
        "glovebox",
        settings.get_profile("default"),
        derandomize=False,
        max_examples=20,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
        print_blob=False,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
    )
    settings.load_profile("glovebox")
