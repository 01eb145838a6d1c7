"""Every check of every student as a table, or every verdict as a line of JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory

from glovebox.coursefolder import VERDICT_SUFFIX
from glovebox.export import Export, safe_text
from glovebox.files import write_whole
from glovebox.verdict import NotebookVerdict

_OF_A_CHECK = (
    "check",
    "title",
    "grade_cell",
    "outcome",
    "points",
    "max_points",
    "duration",
    "message",
)


class _VerdictExport(Export):
    """Reads the verdicts in ``autograded/``; what cannot be read is named and left out."""

    def verdicts(self) -> Iterator[tuple[str, str, NotebookVerdict]]:
        """Assignment, student and verdict of every graded notebook that is wanted."""
        course: CourseDirectory = self.parent.coursedir
        pattern = course.format_path(course.autograded_directory, "*", "*")
        root = Path(pattern).parents[1]
        for path in sorted(root.glob(f"*/*/*{VERDICT_SUFFIX}")):
            student, assignment = path.parts[-3:-1]
            if self.assignment and assignment not in self.assignment:
                continue
            if self.student and student not in self.student:
                continue
            try:
                verdict = NotebookVerdict.read(path)
            except (OSError, ValueError) as error:
                self.log.warning("%s is left out: %s", path, error)
                continue
            yield assignment, student, verdict

    def put(self, usual: str, content: bytes) -> None:
        """Write the file that ``--to`` names, or the usual one, and say which."""
        target = Path(self.to or usual)
        write_whole(target, content)
        self.log.info("Exported to %s", target)


class ChecksExport(_VerdictExport):
    """A CSV file with a row for each check: ``checks.csv``, or what ``--to`` names."""

    def write(self, gradebook: Gradebook) -> None:
        """Write the table."""
        table = io.StringIO()
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(("assignment", "notebook", "student_id", *_OF_A_CHECK))
        for assignment, student, verdict in self.verdicts():
            for record in verdict.checks:
                about = (assignment, verdict.notebook, student)
                values = (getattr(record, name) for name in _OF_A_CHECK)
                writer.writerow([safe_text(value) for value in (*about, *values)])
        self.put("checks.csv", table.getvalue().encode("utf-8", "replace"))


class JsonLinesExport(_VerdictExport):
    """A JSON object a line for each graded notebook: ``verdicts.jsonl``, or what ``--to`` names.

    Each is ``{"assignment": …, "student": …, "verdict": …}``, the verdict as in
    ``verdict.schema.json``.
    """

    def write(self, gradebook: Gradebook) -> None:
        """Write the lines."""
        lines = [
            json.dumps(
                {
                    "assignment": assignment,
                    "student": student,
                    "verdict": json.loads(verdict.to_json()),
                }
            )
            for assignment, student, verdict in self.verdicts()
        ]
        self.put("verdicts.jsonl", "".join(f"{line}\n" for line in lines).encode())
