"""``glovebox feedback``, and ``nbgrader generate_feedback`` with our page for students."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from nbgrader.converters import GenerateFeedback, NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets import default

from glovebox.assignment import list_notebooks
from glovebox.config import load_config
from glovebox.coursefolder import VERDICT_SUFFIX
from glovebox.errors import UserError
from glovebox.feedbackpage import feedback_page
from glovebox.marks import read_notebook_marks
from glovebox.nbgraderlog import collected_problems
from glovebox.verdict import NotebookVerdict


class FeedbackExporter(Exporter):
    """Turns a graded notebook, with the verdict beside it and its marks, into one HTML page.

    For ``GenerateFeedback.exporter_class``; it reads the gradebook by itself, so that
    ``GenerateFeedback.preprocessors`` has nothing left to do.
    """

    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Any = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page of a graded notebook.

        Raises:
            GradebookError: the gradebook is not there, or cannot be read.
            UserError: the verdict beside the notebook cannot be read.
        """
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        if not isinstance(self.parent, GenerateFeedback):
            raise TypeError("FeedbackExporter is for GenerateFeedback.exporter_class only")
        ids, place = resources["nbgrader"], resources["metadata"]
        marks = read_notebook_marks(
            ids["db_url"],
            self.parent.coursedir.course_id,
            ids["assignment"],
            ids["notebook"],
            ids["student"],
        )
        verdict = read_verdict(Path(place["path"]) / f"{place['name']}{VERDICT_SUFFIX}")
        return feedback_page(notebook, verdict, marks, assignment=ids["assignment"]), resources


def read_verdict(path: Path) -> NotebookVerdict | None:
    """The verdict in a file; None, where there is none.

    Raises:
        UserError: it is not a verdict of this version.
    """
    if not path.is_file():
        return None
    try:
        return NotebookVerdict.read(path)
    except ValueError as error:
        raise UserError(f"{path}: {error}; grade it again.") from error


class _GenerateFeedback(GenerateFeedback):  # type: ignore[misc]
    """nbgrader's, but it makes every page anew, and tells of each."""

    on_made: Callable[[Path], None]
    force = True

    def write_single_notebook(self, output: str, resources: Any) -> None:
        super().write_single_notebook(output, resources)
        name = f"{resources['unique_key']}{self.exporter.file_extension}"
        self.on_made(Path(self.writer.build_directory) / name)


def generate(
    course_root: Path,
    assignment: str,
    student: str = "*",
    *,
    on_planned: Callable[[int], None] = lambda _: None,
    on_made: Callable[[Path], None] = lambda _: None,
) -> list[str]:
    """Write the page of each graded notebook of an assignment into ``feedback/``.

    Every page is made anew, since marks given by hand are no reason for nbgrader to do so.

    Args:
        course_root: the course folder.
        assignment: the name of the assignment.
        student: a student's id, or a pattern.
        on_planned: told the number of notebooks.
        on_made: told of each page as it is written.

    Returns:
        Sentences on the notebooks of which no page could be made.

    Raises:
        UserError: nothing could be made; the sentence says why.
    """
    list_notebooks(course_root, assignment)
    config = load_config(course_root)
    coursedir = CourseDirectory(config=config)
    coursedir.assignment_id, coursedir.student_id = assignment, student
    folder = Path(coursedir.format_path(coursedir.autograded_directory, student, assignment))
    graded = list(folder.parent.parent.glob(f"{student}/{assignment}/*.ipynb"))
    if not graded:
        raise UserError(
            f"{folder}: nothing has been graded; `glovebox autograde {assignment}` does that."
        )
    on_planned(len(graded))
    converter = _GenerateFeedback(coursedir=coursedir, config=config)
    converter.on_made = on_made
    with collected_problems() as problems:
        try:
            converter.start()
        except NbGraderException as error:
            if not any("for student" in one for one in problems):
                raise UserError(str(error)) from error
    return problems
