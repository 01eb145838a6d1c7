"""Gets an assignment's source folder ready before nbgrader makes anything from it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbgrader.converters import BaseConverter, NbGraderException
from traitlets import Any as AnyTrait


class PreparingExporter(NotebookExporter):
    """Prepares each assignment's source folder before anything is made from it.

    For ``GenerateAssignment.exporter_class`` and ``GenerateSolution.exporter_class``. nbgrader's
    own hooks swallow their exceptions and run after an earlier release was removed; here a failure
    stops the command while everything is as it was.
    """

    prepare = AnyTrait(
        None, help="Called with the assignment's name and its source folder (a Path)."
    ).tag(config=True)

    def __init__(self, config: Any = None, **kw: Any) -> None:
        super().__init__(config=config, **kw)  # type: ignore[no-untyped-call]
        try:
            self._begin()
        except (Exception, SystemExit) as error:
            said = str(error) or type(error).__name__
            if isinstance(error, OSError) and error.filename:
                said = f"{error.filename}: {error.strerror}."
            self.log.error("%s", said)
            self.log.debug("", exc_info=True)
            raise NbGraderException(said) from error

    def _begin(self) -> None:
        if not isinstance(self.parent, BaseConverter):
            raise TypeError("PreparingExporter is for the exporter_class of nbgrader's converters")
        for folder in self.parent.assignments:
            self._prepare(Path(folder))

    def _prepare(self, folder: Path) -> None:
        if self.prepare is not None:
            self.prepare(folder.name, folder)
