"""Makes plain ``nbgrader autograde`` grade with glovebox, through its configurable exporter.

nbgrader builds ``Autograde.exporter_class`` with the converter as parent, after it has listed the
submissions and before it converts them. There the list is put right, and from then on the exporter
gives nbgrader the rebuilt notebook where it asks for a sanitised one, and the graded notebook where
it asks for an autograded one.
"""

from __future__ import annotations

import contextlib
import fnmatch
import glob
import os
import shutil
import sys
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader.converters import Autograde, BaseConverter, NbGraderException
from traitlets import Any as AnyTrait
from traitlets import Bool, Dict, Integer, Type

from glovebox.ahead import GradingAhead
from glovebox.assignment import SOURCE, AssignmentBundle, AssignmentError, list_notebooks
from glovebox.coursefolder import (
    VERDICT_SUFFIX,
    SafeCourseDirectory,
    SubmissionFolder,
    digest,
    is_finished,
    travel_papers,
)
from glovebox.grade import GradeJob
from glovebox.gradebook import check_assignment, record
from glovebox.interrupt import gentle_interrupt
from glovebox.limits import Limits
from glovebox.parse import parse_notebook
from glovebox.pristine import pristine
from glovebox.rebuild import rebuild
from glovebox.submission import read_submission
from glovebox.verdict import NotebookVerdict, Oddity

_Key = tuple[str, str, str]
"""Student, assignment, notebook."""


@dataclass(frozen=True)
class _Expected:
    """A notebook of an assignment, ready to be compared with and graded by."""

    bundle: AssignmentBundle
    pristine: NotebookNode

    @property
    def known_ids(self) -> frozenset[str]:
        return frozenset(cell["grade_id"] for cell in self._labels())

    @property
    def points(self) -> dict[str, float]:
        return {cell["grade_id"]: cell["points"] for cell in self._labels() if cell["grade"]}

    def _labels(self) -> list[Any]:
        metadata = [cell.metadata for cell in self.pristine.cells]
        return [labels["nbgrader"] for labels in metadata if "nbgrader" in labels]


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
            self.log.error("%s", error or type(error).__name__)
            self.log.debug("", exc_info=True)
            raise NbGraderException(str(error)) from error

    def _begin(self) -> None:
        if not isinstance(self.parent, BaseConverter):
            raise TypeError("PreparingExporter is for the exporter_class of nbgrader's converters")
        for folder in self.parent.assignments:
            self._prepare(Path(folder))

    def _prepare(self, folder: Path) -> None:
        if self.prepare is not None:
            self.prepare(folder.name, folder)


class GloveboxExporter(PreparingExporter):
    """Reads, grades and records submissions for ``Autograde.exporter_class``."""

    grader_class = Type(
        "glovebox.batch.Grader", klass=object, help="The pool of workers that grade."
    ).tag(config=True)
    seed = Integer(
        None, allow_none=True, help="Seed of the generated inputs; drawn afresh if not set."
    ).tag(config=True)
    limits = Dict({}, help="Fields of glovebox.limits.Limits that are to differ.").tag(config=True)
    jobs = Integer(os.cpu_count() or 1, min=1, help="How many notebooks are graded at a time.").tag(
        config=True
    )
    sandbox = Bool(
        True, help="Whether student code is confined; if not, it can do what you can do."
    ).tag(config=True)
    on_planned = AnyTrait(None, help="Called with the number of notebooks to grade.").tag(
        config=True
    )
    on_graded = AnyTrait(
        None, help="Called with each student's id and NotebookVerdict as it is recorded."
    ).tag(config=True)

    def _begin(self) -> None:
        if not isinstance(self.parent, Autograde):
            raise TypeError("GloveboxExporter is for Autograde.exporter_class only")
        self._converter = self.parent
        self._folder = SafeCourseDirectory.like(self._converter.coursedir)
        self._converter.coursedir = self._folder
        self._limits = Limits(**self.limits)
        self._expected: dict[tuple[str, str], _Expected] = {}
        self._plan: list[_Key] = []
        self._ahead: GradingAhead[_Key] | None = None
        self._workers = contextlib.ExitStack()
        weakref.finalize(self, self._workers.close)
        self._list_submissions()
        try:
            for assignment in sorted({assignment for _, assignment, _ in self._plan}):
                self._rehearse(assignment)
        except BaseException:
            self._dismiss(*sys.exc_info())
            raise
        if self.on_planned is not None:
            self.on_planned(len(self._plan))

    def from_filename(
        self, filename: str, resources: Any = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """The rebuilt notebook for a file in ``submitted/``, the graded one for ``autograded/``."""
        ids, name = resources["nbgrader"], Path(filename).stem
        parent = Path(filename).parent
        folder = SubmissionFolder(str(parent), ids["student"], ids["assignment"])
        resources["metadata"] = {"name": name, "path": folder.path}
        rebuilding = parent in self._submitted
        last = self._plan[-1:] == [(folder.student, folder.assignment, name)]
        try:
            if rebuilding:
                notebook = self._rebuild(folder, name)
                resources["outputs"] = travel_papers(parent)
            else:
                notebook, verdict = self._grade(folder, name)
                resources["outputs"] = {name + VERDICT_SUFFIX: verdict.to_json().encode()}
        except BaseException as error:
            # Nothing more comes after the last, nor after an interrupt, which does not wait.
            if last or isinstance(error, KeyboardInterrupt):
                self._dismiss(*sys.exc_info())
            raise
        if last and not rebuilding:
            self._dismiss()
        exported: tuple[str, dict[str, Any]] = self.from_notebook_node(  # type: ignore[no-untyped-call]
            notebook, resources, **kw
        )
        return exported

    def _list_submissions(self) -> None:
        """Give nbgrader every submission with exactly the notebooks it should have.

        A renamed, missing or odd file thus loses no student, and a notebook that is not part of the
        assignment is not graded as one.
        """
        assignments: dict[str, list[str]] = {}
        checked: set[str] = set()
        for folder in self._folder.submissions():
            if glob.has_magic(folder.path):
                self.log.error("%s: nbgrader cannot handle * ? [ in a name; rename it", folder.path)
                continue
            if folder.assignment not in checked:
                self._prepare(Path(self._folder.root) / SOURCE / folder.assignment)
                self._load(folder.assignment)
                checked.add(folder.assignment)
            notebooks = [name for of, name in self._expected if of == folder.assignment]
            assignments[folder.path] = [f"{folder.path}/{name}.ipynb" for name in notebooks]
            self._remove_unfinished(folder, notebooks)
            if self._is_due(folder, notebooks):
                self._plan += [(folder.student, folder.assignment, name) for name in notebooks]
        self._converter.assignments = assignments
        self._submitted = {Path(path) for path in assignments}

    def _load(self, assignment: str) -> None:
        root, wanted = Path(self._folder.root), self._folder.notebook_id
        names = fnmatch.filter(list_notebooks(root, assignment), wanted)
        if not names:
            raise AssignmentError(f"{assignment} has no notebook {wanted}.ipynb.")
        for name in names:
            bundle = AssignmentBundle.load(root, assignment, name)
            released = pristine(bundle.source, bundle.place)
            self._expected[assignment, name] = _Expected(bundle, released)
        points = {name: self._expected[assignment, name].points for name in names}
        check_assignment(self._folder.db_url, self._folder.course_id, assignment, points)

    def _rehearse(self, assignment: str) -> None:
        """Say now, and once, what would go wrong with every submission."""
        grader = self._grading().grader
        for (of, _), expected in self._expected.items():
            if of == assignment:
                grader.rehearse(self._grade_job(expected, None, ()))

    def _remove_unfinished(self, folder: SubmissionFolder, notebooks: list[str]) -> None:
        """Remove what a killed run left behind, or nbgrader would take it for graded."""
        graded = self._folder.autograded(folder.student, folder.assignment)
        if folder.student in self._folder.student_id_exclude.split(",") or not graded.exists():
            return
        unfinished = [name for name in notebooks if not is_finished(graded, name)]
        if unfinished and self._folder.notebook_id == "*":
            self.log.warning("Removing what an unfinished run left in %s", graded)
            shutil.rmtree(graded)
        for name in unfinished:
            (graded / f"{name}.ipynb").unlink(missing_ok=True)

    def _is_due(self, folder: SubmissionFolder, notebooks: list[str]) -> bool:
        """Whether nbgrader will convert a submission; see its ``init_destination``."""
        if folder.student in self._folder.student_id_exclude.split(","):
            return False
        graded = self._folder.autograded(folder.student, folder.assignment)
        if self._converter.force or not all((graded / f"{n}.ipynb").exists() for n in notebooks):
            return True
        new, old = (
            self._folder.get_existing_timestamp(str(place)) for place in (folder.path, graded)
        )
        return new is not None and old is not None and new > old

    def _job(self, key: _Key) -> GradeJob:
        """Read what a student handed in; from here on it is graded as it was at this moment."""
        student, assignment, name = key
        expected = self._expected[assignment, name]
        folder = self._folder.format_path(self._folder.submitted_directory, student, assignment)
        found = read_submission(Path(folder), name, expected.known_ids)
        return self._grade_job(expected, found.content, found.oddities)

    def _grade_job(
        self, expected: _Expected, content: bytes | None, oddities: tuple[Oddity, ...]
    ) -> GradeJob:
        bundle = expected.bundle
        return GradeJob(
            bundle.notebook, content, oddities, bundle, self.seed, self._limits, self.sandbox
        )

    def _rebuild(self, folder: SubmissionFolder, name: str) -> NotebookNode:
        expected = self._expected[folder.assignment, name]
        found = self._grading().job((folder.student, folder.assignment, name))
        graded = self._folder.autograded(folder.student, folder.assignment)
        # They are read-only once graded, so they cannot be overwritten.
        for old in (name + VERDICT_SUFFIX, *travel_papers(Path(folder.path))):
            (graded / old).unlink(missing_ok=True)
        submitted = parse_notebook(found.submission)[0] if found.submission is not None else None
        return rebuild(expected.pristine, submitted).notebook

    def _grade(self, folder: SubmissionFolder, name: str) -> tuple[NotebookNode, NotebookVerdict]:
        graded = self._grading().result((folder.student, folder.assignment, name))
        verdict = graded.verdict
        record(
            self._folder.db_url,
            self._folder.course_id,
            folder.assignment,
            folder.student,
            [verdict],
        )
        review = ", to be looked at by a person" if verdict.needs_review else ""
        place = f"{folder.student}/{folder.assignment}/{name}.ipynb"
        score = f"{verdict.points:g} of {verdict.max_points:g} points"
        self.log.info("%s: %s%s", place, score, review)
        for oddity in verdict.oddities:
            self.log.warning("%s: %s", place, oddity.message)
        if self.on_graded is not None:
            self.on_graded(folder.student, verdict)
        notebook: NotebookNode = nbformat.reads(graded.notebook.decode(), as_version=4)
        notebook.metadata["glovebox"] = {"verdict": digest(verdict.to_json().encode())}
        return notebook, verdict

    def _grading(self) -> GradingAhead[_Key]:
        if self._ahead is None:
            grader_class: Any = self.grader_class
            grader = self._workers.enter_context(grader_class(jobs=self.jobs))
            self._ahead = GradingAhead(grader, self._job, self._plan)
            self._workers.enter_context(gentle_interrupt(_weakly(self._ahead.stop)))
        return self._ahead

    def _dismiss(self, *reason: Any) -> None:
        """Stop the workers: at once for a reason, when they are done without."""
        self._workers.__exit__(*(reason or (None, None, None)))
        self._ahead = None


def _weakly(method: Callable[[], None]) -> Callable[[], None]:
    """The method, but whoever holds it does not keep its object alive."""
    reference = weakref.WeakMethod(method)

    def call() -> None:
        if (bound := reference()) is not None:
            bound()

    return call
