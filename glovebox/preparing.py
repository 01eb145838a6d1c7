"""Gets an assignment's source folder ready before nbgrader makes anything from it."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader.converters import (
    BaseConverter,
    GenerateAssignment,
    GenerateSolution,
    NbGraderException,
)
from nbgrader.preprocessors import ClearSolutions
from traitlets import Any as AnyTrait

from glovebox.assignment import data_files
from glovebox.gradebook import is_generated
from glovebox.released import with_copy


class PreparingExporter(NotebookExporter):
    """Prepares each assignment's source folder before anything is made from it.

    And gives a released notebook a copy of itself, by which students can check their work. For
    ``GenerateAssignment.exporter_class`` and ``GenerateSolution.exporter_class``. nbgrader's own
    hooks swallow their exceptions and run after an earlier release was removed; here a failure
    stops the command while everything is as it was.
    """

    prepare = AnyTrait(
        None, help="Called with the assignment's name and its source folder (a Path)."
    ).tag(config=True)

    def __init__(self, config: Any = None, **kw: Any) -> None:
        try:
            super().__init__(config=config, **kw)  # type: ignore[no-untyped-call]
            self._begin()
        except (Exception, SystemExit) as error:
            said = str(error) or type(error).__name__
            if isinstance(error, OSError) and error.filename:
                said = f"{error.filename}: {error.strerror}."
            self.log.error("%s", said)
            self.log.debug("", exc_info=True)
            raise NbGraderException(said) from error

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Any = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The notebook as it is written: released, with the copy; solved, without the marks."""
        if isinstance(self.parent, GenerateSolution):
            nb = _without_marks(nb, ClearSolutions(parent=self.parent))
        text, resources = super().from_notebook_node(nb, resources, **kw)  # type: ignore[no-untyped-call]
        if isinstance(self.parent, GenerateAssignment):
            about = resources["metadata"]
            beside = data_files(Path(about["path"]), self.parent.coursedir.ignore)
            text = with_copy(text, about["name"], beside)
        return text, resources

    def _begin(self) -> None:
        if not isinstance(self.parent, BaseConverter):
            raise TypeError("PreparingExporter is for the exporter_class of nbgrader's converters")
        for folder in self.parent.assignments:
            self._prepare(Path(folder))
        if isinstance(self.parent, GenerateAssignment) and not self.parent.no_database:
            _generate_unknown(self.parent)

    def _prepare(self, folder: Path) -> None:
        if self.prepare is not None:
            self.prepare(folder.name, folder)


def _without_marks(notebook: NotebookNode, clear: ClearSolutions) -> NotebookNode:
    """A copy without the lines at which a release is cut; in Markdown they would be headings."""
    marks = clear.begin_solution_delimeter, clear.end_solution_delimeter
    notebook = copy.deepcopy(notebook)
    for cell in notebook.cells:
        lines = cell.source.splitlines()
        cell.source = "\n".join(line for line in lines if not any(mark in line for mark in marks))
    return notebook


def _generate_unknown(converter: GenerateAssignment) -> None:
    """Have a release that the gradebook does not know of generated anew, and not skipped.

    Such a release came with the course's files, in which neither the gradebook nor the data are.
    """
    decide = converter.init_destination
    course = converter.coursedir

    def init_destination(assignment_id: str, student_id: str) -> bool:
        force = converter.force
        converter.force = force or not is_generated(course.db_url, course.course_id, assignment_id)
        try:
            return bool(decide(assignment_id, student_id))
        finally:
            converter.force = force

    converter.init_destination = init_destination
