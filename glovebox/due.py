"""Which submissions are still to be graded: what is missing, unfinished, newer or changed.

And what of them is known, since nothing that their verdicts depend on has changed.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path

from glovebox.coursefolder import (
    VERDICT_SUFFIX,
    SafeCourseDirectory,
    SubmissionFolder,
    is_finished,
)
from glovebox.expected import ExpectedNotebook
from glovebox.files import UNFINISHED
from glovebox.grade import Graded, GradeJob
from glovebox.gradebook import Marks
from glovebox.inputs import digest_of_inputs
from glovebox.plainfiles import read_small_file
from glovebox.submission import MAX_BYTES, read_submission
from glovebox.verdict import NotebookVerdict


def is_due(
    course: SafeCourseDirectory,
    folder: SubmissionFolder,
    notebooks: Mapping[str, ExpectedNotebook],
    marks: Marks,
) -> bool:
    """Whether a submission must be graded, for all is not recorded of what lies there now.

    nbgrader looks at ``timestamp.txt`` only, which a file that was replaced may not have.

    Args:
        course: the course folder.
        folder: the submission.
        notebooks: what it should hold, by name.
        marks: what the gradebook holds.
    """
    graded = course.autograded(folder.student, folder.assignment)
    if not all(is_finished(graded, name) for name in notebooks):
        return True
    new, old = (course.get_existing_timestamp(str(place)) for place in (folder.path, graded))
    if new is not None and old is not None and new > old:
        return True
    for name, expected in notebooks.items():
        try:
            verdict = _verdict(graded, name)
        except (OSError, ValueError):
            continue  # of another version, which has nothing to be compared with
        held = marks.get((folder.student, name), {})
        if any(_differ(held.get(cell), verdict.cell_points(cell)) for cell in expected.checked):
            return True
        if not _is_of(verdict, Path(folder.path), name, expected):
            return True
    return False


def _verdict(graded: Path, name: str) -> NotebookVerdict:
    return NotebookVerdict.read(graded / f"{name}{VERDICT_SUFFIX}")


def _differ(mark: float | None, points: float) -> bool:
    return mark is None or abs(mark - points) > 1e-9


def _is_of(verdict: NotebookVerdict, folder: Path, name: str, expected: ExpectedNotebook) -> bool:
    """Whether a verdict is on what would be graded now."""
    content = read_small_file(folder, f"{name}.ipynb", MAX_BYTES)
    if content is not None and hashlib.sha256(content).hexdigest() == verdict.submission_sha256:
        return True  # as nearly always, without a look into it
    content = read_submission(folder, name, expected.known_ids).content
    return hashlib.sha256(content or b"").hexdigest() == verdict.submission_sha256


def recall(graded: Path, job: GradeJob) -> Graded | None:
    """What an earlier run made of exactly this job, if that can be taken over.

    A verdict that a person must look at cannot: what was wrong may have been the machine.

    Args:
        graded: a folder in ``autograded/``.
        job: what is to be graded now.
    """
    known = filed(graded, job.notebook)
    if known is None or known.verdict.needs_review:
        return None
    return known if known.verdict.inputs_sha256 == digest_of_inputs(job) else None


def filed(graded: Path, notebook: str) -> Graded | None:
    """The whole result that an earlier run filed for a notebook, if there is one to be read.

    Args:
        graded: a folder in ``autograded/``.
        notebook: the notebook's name.
    """
    if not is_finished(graded, notebook):
        return None
    try:
        return Graded((graded / f"{notebook}.ipynb").read_bytes(), _verdict(graded, notebook))
    except (OSError, ValueError):
        return None


def remove_unfinished(graded: Path, notebooks: Mapping[str, object], whole: bool) -> bool:
    """Remove what a run that was stopped left behind; whether there was any.

    Args:
        graded: a folder in ``autograded/``.
        notebooks: what it should hold, by name.
        whole: whether these are all of the assignment's.
    """
    for part in graded.glob(UNFINISHED):
        part.unlink(missing_ok=True)
    unfinished = [name for name in notebooks if not is_finished(graded, name)]
    if not unfinished or not graded.exists():
        return False
    if whole:
        shutil.rmtree(graded)
    for name in unfinished:
        (graded / f"{name}.ipynb").unlink(missing_ok=True)
    return True
