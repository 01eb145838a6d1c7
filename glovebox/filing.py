"""Puts the results of a submission where they belong: all into the gradebook, then all files.

A stop between the two loses nothing. What the gradebook holds without the files is graded anew, and
the same entries are written again; there are no whole files without their entries.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbconvert.writers.files import FilesWriter
from nbgrader.api import SubmittedNotebook
from nbgrader.converters import Autograde
from nbgrader.preprocessors import AssignLatePenalties

from glovebox.assignment import list_assignments
from glovebox.coursefolder import VERDICT_SUFFIX, Papers, SafeCourseDirectory, SubmissionFolder
from glovebox.database import GradebookError, analyze, reason_of
from glovebox.files import write_whole
from glovebox.gradebook import Penalty, record, roll
from glovebox.late import LatePolicy
from glovebox.processes import remove_tree
from glovebox.verdict import NotebookVerdict

_log = logging.getLogger(__name__)
_told: set[str] = set()
"""Warnings that this process has given: `glovebox watch` grades every few seconds."""


@dataclass(frozen=True)
class Result:
    """What came of one notebook: its verdict, and the graded notebook (JSON) that names it."""

    verdict: NotebookVerdict
    notebook: str
    recalled: bool = False
    """Whether it was taken over from the last grading, as nothing had changed since."""


class Filing:
    """Does for one converter what nbgrader does in many transactions and half-written files.

    Args:
        converter: whose own writing, of files and into the gradebook, ends with this.
        course: its course folder.
    """

    def __init__(self, converter: Autograde, course: SafeCourseDirectory) -> None:
        self._course = course
        self._create_student = converter.create_student
        self._penalties = _take_over_penalties(converter)
        converter.writer = _NothingWriter(parent=converter)  # type: ignore[no-untyped-call]
        converter.init_assignment = _leave_gradebook

    def file(
        self, folder: SubmissionFolder, results: Sequence[Result], papers: Papers, whole: bool
    ) -> None:
        """Record a submission and write its files.

        Args:
            folder: the submission.
            results: one for each notebook that was graded.
            papers: what the submission came with.
            whole: whether these are all of its notebooks; then nothing else stays in the folder.

        Raises:
            GradebookError: nothing was recorded, and no file changed.
            OSError: not all files could be written; the submission is graded again in the next run.
        """
        record(
            self._course.db_url,
            self._course.course_id,
            folder.assignment,
            folder.student,
            [result.verdict for result in results],
            papers.handed_in,
            settled={result.verdict.notebook for result in results if result.recalled},
            penalty=_penalty_of(self._penalties) if self._penalties else None,
            create_student=self._create_student,
        )
        graded = self._course.autograded(folder.student, folder.assignment)
        graded.mkdir(mode=0o755, parents=True, exist_ok=True)
        files = dict(papers.files)
        for result in results:
            name = result.verdict.notebook
            files[name + VERDICT_SUFFIX] = result.verdict.to_json().encode()
            files[f"{name}.ipynb"] = result.notebook.encode()
        for name, content in files.items():
            write_whole(graded / name, content)
        if whole:
            _remove_all_but(graded, files)

    def end(self) -> None:
        """When all is recorded: leave a gradebook that answers quickly."""
        try:
            analyze(self._course.db_url, self._course.course_id)
        except GradebookError as error:
            _log.warning(
                "Everything was recorded, but SQLite could not count the gradebook's entries (%s); "
                "nbgrader's own export may be slow until the next run.",
                reason_of(error.__cause__ or error),
            )

    def warn_of_strangers(self) -> None:
        """Say, once, which names in the late policy no student and no assignment has."""
        policy = self._penalties.plugin_inst if self._penalties else None
        if not isinstance(policy, LatePolicy):
            return
        course = self._course
        submitted = Path(course.format_path(course.submitted_directory, "*", "*")).parent.parent
        students = {student for student, _ in roll(course.db_url, course.course_id)}
        students |= {path.parent.name for path in submitted.glob("*/*")}
        for sentence in policy.strangers(students, list_assignments(Path(course.root))):
            if sentence not in _told:
                _told.add(sentence)
                _log.warning("%s", sentence)


def _remove_all_but(folder: Path, names: Iterable[str]) -> None:
    """What an earlier grading left there; nbgrader empties the folder beforehand."""
    for path in folder.iterdir():
        if path.name in names:
            continue
        if path.is_dir() and not path.is_symlink():
            remove_tree(path)
        else:
            path.unlink()


class _NothingWriter(FilesWriter):  # type: ignore[misc, unused-ignore]
    """Writes nothing: the rebuilt notebook has no reader, and the graded one is filed by then."""

    def _makedir(self, path: str, mode: int = 0o755) -> None:
        """Make no folder: an empty one would be taken for a graded submission."""

    def write(self, output: Any, resources: Any, notebook_name: str = "", **kw: Any) -> str:
        return notebook_name


def _leave_gradebook(assignment_id: str, student_id: str) -> None:
    """In place of ``init_assignment``, which copies files and makes entries beforehand."""


def _take_over_penalties(converter: Autograde) -> AssignLatePenalties | None:
    """Nbgrader's preprocessor for what lateness costs, which would need the entries beforehand."""
    names = (AssignLatePenalties, "nbgrader.preprocessors.AssignLatePenalties")
    others = [one for one in converter.autograde_preprocessors if one not in names]
    if len(others) == len(converter.autograde_preprocessors):
        return None
    converter.autograde_preprocessors = others
    assign = AssignLatePenalties(parent=converter)
    assign.init_plugin()
    return assign


def _penalty_of(assign: AssignLatePenalties) -> Penalty:
    def penalty(student: str, notebook: SubmittedNotebook, late: float) -> float | None:
        # nbgrader does not say what is graded, which glovebox.late wants to know.
        assign.plugin_inst.assignment_id = notebook.assignment.name
        points = assign.plugin_inst.late_submission_penalty(student, notebook.score, late)
        return None if points is None else float(assign._check_late_penalty(notebook, points))

    return penalty
