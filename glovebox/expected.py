"""A notebook of an assignment as it should be handed in, to compare submissions with."""

from __future__ import annotations

import fnmatch
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from glovebox.assignment import AssignmentBundle, AssignmentError, list_notebooks
from glovebox.config import GradingSettings
from glovebox.grade import GradeJob
from glovebox.pristine import pristine
from glovebox.submission import read_submission
from glovebox.verdict import Oddity


@dataclass(frozen=True)
class ExpectedNotebook:
    """What is needed to grade one notebook of an assignment, and its released form."""

    bundle: AssignmentBundle
    pristine: NotebookNode

    @property
    def known_ids(self) -> frozenset[str]:
        """The ``grade_id`` of every cell."""
        return frozenset(cell["grade_id"] for cell in self._labels())

    @property
    def points(self) -> dict[str, float]:
        """What each cell that earns points is worth."""
        return {cell["grade_id"]: cell["points"] for cell in self._labels() if cell["grade"]}

    @property
    def checked(self) -> frozenset[str]:
        """The cells that hidden checks grade, and no person."""
        cells = (cell for cell in self._labels() if cell["grade"] and not cell["solution"])
        return frozenset(cell["grade_id"] for cell in cells)

    def job(
        self,
        settings: GradingSettings,
        submission: bytes | None = None,
        oddities: tuple[Oddity, ...] = (),
    ) -> GradeJob:
        """What grades a submission of this notebook; one that is not there, unless given.

        Equal submissions make equal jobs wherever they are graded, so that results can be taken
        over.
        """
        return GradeJob(
            self.bundle.notebook, submission, oddities, self.bundle,
            settings.seed, settings.limits, settings.sandbox,
        )  # fmt: skip

    def job_in(self, folder: Path, settings: GradingSettings) -> GradeJob:
        """What grades the submission that lies in a folder, whatever lies there."""
        found = read_submission(folder, self.bundle.notebook, self.known_ids)
        return self.job(settings, found.content, found.oddities)

    def _labels(self) -> list[Any]:
        metadata = [cell.metadata for cell in self.pristine.cells]
        return [labels["nbgrader"] for labels in metadata if "nbgrader" in labels]


def load_expected(root: Path, assignment: str, wanted: str = "*") -> dict[str, ExpectedNotebook]:
    """The notebooks of an assignment in a course folder, by name.

    Args:
        root: the course folder.
        assignment: the assignment's name.
        wanted: a pattern for the names.

    Raises:
        AssignmentError: there are none, or one is incomplete or broken.
    """
    names = fnmatch.filter(list_notebooks(root, assignment), wanted)
    if not names:
        raise AssignmentError(f"{assignment} has no notebook {wanted}.ipynb.")
    bundles = {name: AssignmentBundle.load(root, assignment, name) for name in names}
    return {
        name: ExpectedNotebook(bundle, pristine(bundle.source, bundle.place))
        for name, bundle in bundles.items()
    }
