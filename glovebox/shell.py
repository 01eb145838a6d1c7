"""Hidden checks at a shell: ``pytest tests/hidden --submission <notebook or folder>``."""

from __future__ import annotations

from pathlib import Path

import pytest

from glovebox.assignment import AssignmentBundle, list_assignments, list_notebooks
from glovebox.checks import PLUGIN, Grading, use_hypothesis_profile
from glovebox.config import CONFIG_FILE, course_of, prepare_data
from glovebox.declaration import notebook_of
from glovebox.errors import UserError
from glovebox.launch import check_platform
from glovebox.limits import Limits
from glovebox.parse import parse_notebook
from glovebox.pristine import pristine
from glovebox.rebuild import rebuild
from glovebox.run import NotebookRun


class ShellGrading(Grading):
    """Grades what is in a folder with pytest's ordinary options, and prints the points."""

    def __init__(self, course_root: Path, notebooks: dict[str, Path], sandbox: bool) -> None:
        super().__init__(self._open)
        self._root = course_root
        self._notebooks = notebooks
        self._sandbox = sandbox

    @classmethod
    def register(cls, config: pytest.Config, submission: Path) -> None:
        """Add the grading of a submission to a pytest session.

        Raises:
            pytest.UsageError: there is no notebook of the course at that path.
        """
        if not submission.exists():
            raise pytest.UsageError(f"--submission {submission}: there is no such file or folder.")
        # pytest's own idea of a root is the checks' folder, if no file of settings lies above it.
        root = course_of(config.rootpath)
        known = {
            notebook
            for assignment in list_assignments(root)
            for notebook in list_notebooks(root, assignment)
        }
        files = [submission] if submission.is_file() else sorted(submission.rglob("*.ipynb"))
        notebooks: dict[str, Path] = {}
        for file in files:
            if file.stem in notebooks:
                raise pytest.UsageError(
                    f"--submission {submission}: {notebooks[file.stem]} and {file} are both "
                    f"{file.stem}.ipynb; name one of them."
                )
            if file.stem in known and ".ipynb_checkpoints" not in file.parts:
                notebooks[file.stem] = file
        if not notebooks:
            names = ", ".join(f"{name}.ipynb" for name in sorted(known))
            raise pytest.UsageError(
                f"--submission {submission}: no notebook of the course is there ({names})."
            )
        use_hypothesis_profile()
        sandbox = not config.getoption("--no-sandbox")
        try:
            check_platform(sandbox)
        except UserError as error:
            raise pytest.UsageError(str(error)) from error
        config.pluginmanager.register(cls(root, notebooks, sandbox), PLUGIN)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(  # type: ignore[override]
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Leave out the checks of notebooks that were not named."""
        kept: list[pytest.Item] = []
        left: list[pytest.Item] = []
        for item in items:
            module = item.getparent(pytest.Module)
            named = module is not None and notebook_of(module.obj) in self._notebooks
            (kept if named else left).append(item)
        items[:] = kept
        config.hook.pytest_deselected(items=left)
        super().pytest_collection_modifyitems(items)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the points of each notebook and what was odd about it."""
        for notebook, run in self._runs.items():
            records = self.records_of(notebook)
            earned, worth = sum(r.points for r in records), sum(r.max_points for r in records)
            terminalreporter.write_line(f"{notebook}: {earned:g} of {worth:g} points")
            for oddity in run.oddities:
                terminalreporter.write_line(f"  {oddity.message}")

    def pytest_sessionfinish(self) -> None:
        """End the kernels."""
        for run in self._runs.values():
            run.__exit__(None, None, None)

    def _open(self, notebook: str) -> NotebookRun:
        assignment = next(
            name
            for name in list_assignments(self._root)
            if notebook in list_notebooks(self._root, name)
        )
        if (self._root / CONFIG_FILE).is_file():
            prepare_data(self._root, assignment)
        bundle = AssignmentBundle.load(self._root, assignment, notebook)
        submitted, oddities = parse_notebook(self._notebooks[notebook].read_bytes())
        rebuilt = rebuild(pristine(bundle.source, bundle.place), submitted)
        run = NotebookRun(rebuilt.notebook, bundle.data, Limits(), self._sandbox)
        run.oddities += [*oddities, *rebuilt.oddities]
        return run
