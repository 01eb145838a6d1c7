"""Makes plain ``nbgrader autograde`` grade with glovebox, through its configurable exporter.

nbgrader builds ``Autograde.exporter_class`` with the converter as parent, after it has listed the
submissions and before it converts them. There the list is put right, and from then on the exporter
gives nbgrader the rebuilt notebook where it asks for a sanitised one, and the graded notebook where
it asks for an autograded one.
"""

from __future__ import annotations

import contextlib
import glob
import logging
import os
import sys
import weakref
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.converters import Autograde
from traitlets import Any as AnyTrait
from traitlets import Bool, Dict, Integer, List, Unicode

from glovebox.ahead import GradingAhead
from glovebox.assignment import SOURCE
from glovebox.batch import NoWorkers, make_grader
from glovebox.calibration import stale
from glovebox.config import GradingSettings
from glovebox.coursefolder import (
    SECRET,
    TIMESTAMP,
    Papers,
    SafeCourseDirectory,
    SubmissionFolder,
    digest,
)
from glovebox.database import GradebookError
from glovebox.due import is_due, recall, remove_unfinished
from glovebox.errors import UserError
from glovebox.expected import ExpectedNotebook, load_expected
from glovebox.filing import Filing, Result
from glovebox.grade import Graded, GradeJob
from glovebox.gradebook import Marks, check_assignment, recorded
from glovebox.interrupt import gentle_interrupt
from glovebox.limits import Limits
from glovebox.parse import parse_notebook
from glovebox.preparing import PreparingExporter
from glovebox.rebuild import rebuild
from glovebox.verdict import NotebookVerdict

__all__ = ["GloveboxExporter", "PreparingExporter"]

_Key = tuple[str, str, str]
"""Student, assignment, notebook."""
# Not nbgrader's own log: what concerns the instructor's machine must be seen on it.
_log = logging.getLogger(__name__)


class GloveboxExporter(PreparingExporter):
    """Reads, grades and records submissions for ``Autograde.exporter_class``."""

    seed = Integer(
        None, allow_none=True, help="Seed of the generated inputs; drawn afresh if not set."
    ).tag(config=True)
    limits = Dict({}, help="Fields of glovebox.limits.Limits that are to differ.").tag(config=True)
    jobs = Integer(os.cpu_count() or 1, min=1, help="How many notebooks are graded at a time.").tag(
        config=True
    )
    scheduler = Unicode(
        help="Address of a Dask scheduler whose workers grade, in place of this machine's."
    ).tag(config=True)
    workers = AnyTrait(
        None, help="Called for a grader that outlives the command, in place of one of its own."
    ).tag(config=True)
    students: Any = List(help="Grade only these students; all, if empty.").tag(config=True)
    sandbox = Bool(
        True, help="Whether student code is confined; if not, it can do what you can do."
    ).tag(config=True)
    reuse = Bool(
        True, help="Whether a verdict is taken over while nothing that it depends on has changed."
    ).tag(config=True)
    on_planned = AnyTrait(None, help="Called with the number of notebooks to grade.").tag(
        config=True
    )
    on_graded = AnyTrait(
        None,
        help="Called with each student's id and NotebookVerdict as it is recorded, and whether it "
        "was taken over.",
    ).tag(config=True)

    def _begin(self) -> None:
        if not isinstance(self.parent, Autograde):
            raise TypeError("GloveboxExporter is for Autograde.exporter_class only")
        self._converter = self.parent
        self._folder = SafeCourseDirectory.like(self._converter.coursedir)
        self._converter.coursedir = self._folder
        self._filing = Filing(self._converter, self._folder)
        self._converter.init_destination = self._init_destination
        self._limits = Limits(**self.limits)
        self._expected: dict[str, dict[str, ExpectedNotebook]] = {}
        self._marks: dict[str, Marks] = {}
        self._plan: list[_Key] = []
        self._due: set[tuple[str, str]] = set()
        self._papers: dict[tuple[str, str], Papers] = {}
        self._results: list[Result] = []
        self._recalled: set[_Key] = set()
        self._given_up = False
        self._ahead: GradingAhead[_Key] | None = None
        self._workers = contextlib.ExitStack()
        weakref.finalize(self, self._workers.close)
        self._list_submissions()
        try:
            for assignment in sorted({assignment for _, assignment, _ in self._plan}):
                self._rehearse(assignment)
            if self._plan:
                self._filing.warn_of_strangers()
        except BaseException:
            self._dismiss(*sys.exc_info())
            raise
        if self.on_planned is not None:
            self.on_planned(len(self._plan))

    def from_filename(
        self, filename: str, resources: Any = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """The rebuilt notebook for a file in ``submitted/``, the graded one for ``autograded/``.

        By the time the graded notebook is returned, all that is to be recorded of it is.
        """
        ids, name = resources["nbgrader"], Path(filename).stem
        parent = Path(filename).parent
        folder = SubmissionFolder(str(parent), ids["student"], ids["assignment"])
        resources["metadata"] = {"name": name, "path": folder.path}
        rebuilding = parent in self._submitted
        last = self._plan[-1:] == [(folder.student, folder.assignment, name)]
        verdict = None
        try:
            if rebuilding:
                notebook = self._rebuild(folder, name)
            else:
                notebook, verdict = self._grade(folder, name)
            exported: tuple[str, dict[str, Any]] = self.from_notebook_node(
                notebook, resources, **kw
            )
            if verdict is not None:
                recalled = (folder.student, folder.assignment, name) in self._recalled
                self._file(folder, Result(verdict, exported[0], recalled))
        except BaseException as error:
            # What cannot be recorded now will not be for the next student either, and without
            # workers, or a place for their files, nothing can be graded.
            self._given_up = isinstance(error, (GradebookError, NoWorkers, OSError))
            # Nothing more comes after the last, nor after an interrupt, which does not wait.
            if last or self._given_up or isinstance(error, KeyboardInterrupt):
                self._dismiss(*sys.exc_info())
            if isinstance(error, OSError):
                reason = error.strerror or error
                raise UserError(f"{error.filename or 'files'}: {reason}.") from error
            raise
        if last and not rebuilding:
            self._dismiss()
            self._filing.end()
        return exported

    def _list_submissions(self) -> None:
        """Give nbgrader every submission with exactly the notebooks it should have.

        A renamed, missing or odd file thus loses no student, and a notebook that is not part of the
        assignment is not graded as one.
        """
        assignments: dict[str, list[str]] = {}
        excluded = self._folder.student_id_exclude.split(",")
        for folder in self._folder.submissions():
            if glob.has_magic(folder.path):
                self.log.error("%s: nbgrader cannot handle * ? [ in a name; rename it", folder.path)
                continue
            if folder.assignment not in self._expected:
                self._prepare(Path(self._folder.root) / SOURCE / folder.assignment)
                self._load(folder.assignment)
            notebooks = self._expected[folder.assignment]
            assignments[folder.path] = [f"{folder.path}/{name}.ipynb" for name in notebooks]
            chosen = not self.students or folder.student in self.students
            if folder.student in excluded or not chosen:
                continue
            graded = self._folder.autograded(folder.student, folder.assignment)
            if remove_unfinished(graded, notebooks, self._whole):
                self.log.warning("Removed what an unfinished run had left in %s", graded)
            marks = self._marks[folder.assignment]
            if self._converter.force or is_due(self._folder, folder, notebooks, marks):
                self._due.add((folder.student, folder.assignment))
                self._plan += [(folder.student, folder.assignment, name) for name in notebooks]
        self._converter.assignments = assignments
        self._submitted = {Path(path) for path in assignments}

    @property
    def _whole(self) -> bool:
        """Whether all notebooks of an assignment are graded, and not one that was named."""
        return bool(self._folder.notebook_id == "*")

    def _load(self, assignment: str) -> None:
        root, wanted = Path(self._folder.root), self._folder.notebook_id
        expected = load_expected(root, assignment, wanted)
        gradebook = (self._folder.db_url, self._folder.course_id, assignment)
        check_assignment(*gradebook, {name: one.points for name, one in expected.items()})
        self._marks[assignment] = recorded(*gradebook)
        self._expected[assignment] = expected

    def _rehearse(self, assignment: str) -> None:
        """Say now, and once, what would go wrong with every submission."""
        grader = self._grading().grader
        for expected in self._expected[assignment].values():
            grader.rehearse(expected.job(self._settings))
            if sentence := stale(expected.bundle):
                _log.warning("%s", sentence)

    def _init_destination(self, assignment_id: str, student_id: str) -> bool:
        """In place of nbgrader's, which does not see all that is due and empties the folder."""
        self._results = []
        graded = self._folder.autograded(student_id, assignment_id)
        if (student_id, assignment_id) not in self._due:
            self.log.info("Skipping existing assignment: %s", graded)
            return False
        if self._given_up:
            if left := len(self._due):
                more = f"{left} more submission{'s were' if left > 1 else ' was'}"
                self.log.error("%s not graded; mend this and run the command again.", more)
            self._due.clear()
            return False
        self._due.remove((student_id, assignment_id))
        return True

    def _job(self, key: _Key) -> GradeJob:
        """Read what a student handed in; from here on it is graded as it was at this moment."""
        student, assignment, name = key
        expected = self._expected[assignment][name]
        folder = self._folder.format_path(self._folder.submitted_directory, student, assignment)
        # Before the notebook: if both are replaced in between, the time on record is the older one,
        # and the next run grades again.
        self._papers.setdefault((student, assignment), self._folder.papers(folder))
        return expected.job_in(Path(folder), self._settings)

    @property
    def _settings(self) -> GradingSettings:
        return GradingSettings(self.seed, self._limits, self.sandbox)

    def _recall(self, key: _Key, job: GradeJob) -> Graded | None:
        student, assignment, _ = key
        known = recall(self._folder.autograded(student, assignment), job) if self.reuse else None
        if known is not None:
            self._recalled.add(key)
        return known

    def _rebuild(self, folder: SubmissionFolder, name: str) -> NotebookNode:
        expected = self._expected[folder.assignment][name]
        found = self._grading().job((folder.student, folder.assignment, name))
        submitted = parse_notebook(found.submission)[0] if found.submission is not None else None
        return rebuild(expected.pristine, submitted).notebook

    def _grade(self, folder: SubmissionFolder, name: str) -> tuple[NotebookNode, NotebookVerdict]:
        graded = self._grading().result((folder.student, folder.assignment, name))
        notebook: NotebookNode = nbformat.reads(graded.notebook.decode(), as_version=4)
        papers = self._papers[folder.student, folder.assignment].files
        verdict = graded.verdict.to_json().encode()
        belonging = digest(papers[TIMESTAMP], papers[SECRET], verdict)
        notebook.metadata["glovebox"] = {"belonging": belonging}
        return notebook, graded.verdict

    def _file(self, folder: SubmissionFolder, result: Result) -> None:
        """Keep a result until those of the whole submission are there, and then file them."""
        self._results.append(result)
        if len(self._results) < len(self._expected[folder.assignment]):
            return
        papers = self._papers.pop((folder.student, folder.assignment))
        self._filing.file(folder, self._results, papers, self._whole)
        for result in self._results:
            verdict = result.verdict
            place = f"{folder.student}/{folder.assignment}/{verdict.notebook}.ipynb"
            remark = ", to be looked at by a person" if verdict.needs_review else ""
            remark += ", as before" if result.recalled else ""
            score = f"{verdict.points:g} of {verdict.max_points:g} points"
            self.log.info("%s: %s%s", place, score, remark)
            for oddity in verdict.oddities:
                self.log.warning("%s: %s", place, oddity.message)
            if self.on_graded is not None:
                self.on_graded(folder.student, verdict, result.recalled)

    def _grading(self) -> GradingAhead[_Key]:
        if self._ahead is None:
            grader = self.workers() if self.workers is not None else None
            if grader is None:
                grader = self._workers.enter_context(make_grader(self.jobs, self.scheduler))
            self._ahead = GradingAhead(grader, self._job, self._plan, self._recall)
            self._workers.enter_context(gentle_interrupt(self._ahead.stop))
        return self._ahead

    def _dismiss(self, *reason: Any) -> None:
        """Stop the workers: at once for a reason, when they are done without."""
        self._workers.__exit__(*(reason or (None, None, None)))
        self._ahead = None
