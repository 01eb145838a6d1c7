"""Marks for Canvas and Moodle: their own table of the class, with our columns filled in.

Both import only what fits the identities of their own export. So that export is read (the
*roster*), each of its rows is found a student for, and the same rows are written with the
assignments' scores.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from nbgrader.api import Assignment, Gradebook, Student
from traitlets import Bool, Dict, Unicode

from glovebox.errors import UserError
from glovebox.export import Export, Marks, read_marks, safe_text
from glovebox.files import write_whole
from glovebox.show import counted

_SEPARATORS = ",;\t"
_NOT_ONE = {True: "another row is about the same student", False: "not in the gradebook"}


class LmsError(UserError):
    """The roster cannot be used; the sentence says why."""


class Roster:
    """A table as an LMS exports it.

    Args:
        path: the CSV file, in UTF-8, with commas, semicolons or tabs.

    Raises:
        LmsError: it cannot be read, or has no rows.
    """

    def __init__(self, path: Path) -> None:
        try:
            text = path.read_text(encoding="utf-8-sig")
        except OSError as error:
            raise LmsError(f"{path}: {error.strerror}; export it from the LMS.") from error
        except UnicodeDecodeError as error:
            raise LmsError(f"{path}: it is not UTF-8 text; export it anew as CSV.") from error
        self.path = path
        first = text.partition("\n")[0]
        self.separator = max(_SEPARATORS, key=first.count)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=self.separator))
        if len(rows) < 2:
            raise LmsError(f"{path}: it holds no students; export it from the LMS.")
        self.header = rows[0]
        width = len(self.header)
        self.rows = [(row + [""] * width)[:width] for row in rows[1:] if any(row)]

    def column(self, name: str) -> int | None:
        """The place of a column, whatever the case of its letters."""
        names = [one.strip().lower() for one in self.header]
        return names.index(name.lower()) if name.lower() in names else None

    def identities(self, names: Iterable[str], plugin: str) -> list[list[str]]:
        """What stands in each row in the columns in which a student's id may stand.

        Args:
            names: the columns, the best first.
            plugin: whose setting ``identity`` names another one.

        Raises:
            LmsError: it has none of these columns.
        """
        places = [place for name in names if (place := self.column(name)) is not None]
        if not places:
            raise LmsError(
                f"{self.path} has none of the columns {', '.join(names)}; name the one that "
                f"holds the gradebook's ids with --{plugin}.identity."
            )
        return [[row[place].strip() for place in places] for row in self.rows]

    def students(
        self, names: Iterable[str], known: Iterable[tuple[str, str | None]], plugin: str
    ) -> list[str]:
        """The id of the student whom each row is about; nothing where it is none that is known.

        Args:
            names: the columns in which a student's id may stand, the best first.
            known: ids and addresses of the gradebook's students.
            plugin: whose setting ``identity`` names another one.

        Raises:
            LmsError: it has none of these columns.
        """
        known = list(known)
        ids = {student.lower(): student for student, _ in known}
        emails = {email.lower(): student for student, email in known if email}
        rows = [[value.lower() for value in row] for row in self.identities(names, plugin)]
        exact = [_first(ids.get(value) or emails.get(value) for value in row) for row in rows]
        found: list[str] = []
        for row, student in zip(rows, exact, strict=True):
            # An id may be the first part of an address; who has a row already has no other.
            guess = _first(ids.get(value.partition("@")[0]) for value in row)
            found.append(student or ("" if guess in exact else guess))
        return found


class _LmsExport(Export):
    """What the exports have in common. ``to`` names the file that is to be imported."""

    roster = Unicode("", help="The LMS's own export of the class (CSV).").tag(config=True)
    columns = Dict({}, help="The LMS's column of an assignment, where it is named otherwise.").tag(
        config=True
    )
    identity = Unicode(
        "", help="The LMS's column in which the gradebook's ids stand, if it is none of the usual."
    ).tag(config=True)
    unfinished = Bool(
        False, help="Whether scores that still wait for a person are exported, too."
    ).tag(config=True)

    identities: tuple[str, ...] = ()
    """The LMS's columns in which a student's id may stand, the best first."""
    kept: tuple[str, ...] = ()
    """The columns that its import needs."""
    file_name = ""

    def pattern(self, assignment: str) -> str:
        """A regular expression for the name of an assignment's column."""
        raise NotImplementedError

    def is_student(self, roster: Roster, row: list[str]) -> bool:
        """Whether a row is about a student, and not about the columns."""
        return True

    def write(self, gradebook: Gradebook) -> None:
        """Write the file.

        Raises:
            LmsError: the roster cannot be used, or has no column for any assignment.
        """
        if not self.roster:
            name = type(self).__name__
            raise LmsError(f"name the LMS's own export: --{name}.roster=FILE.")
        roster = Roster(Path(self.roster))
        marks = read_marks(gradebook)
        targets = self._targets(roster, [one.name for one in gradebook.db.query(Assignment)])
        places = [place for name in self.kept if (place := roster.column(name)) is not None]
        lines = [[roster.header[place] for place in (*places, *targets)]]
        students = self._students(roster, gradebook.db.query(Student).all())
        rows_about = Counter(students)
        waiting = 0
        for row, student in zip(roster.rows, students, strict=True):
            about = [row[place] for place in places]
            if student is not None and (not student or rows_about[student] > 1):
                self.log.warning("%s: %s; left as it is", " ".join(about), _NOT_ONE[bool(student)])
                student = None
            if self.student and student not in self.student:
                student = None
            scores = []
            for place, assignment in targets.items():
                found = marks.get((assignment, student or ""))
                hidden = found is not None and found.unfinished and not self.unfinished
                waiting += hidden
                scores.append(row[place] if found is None or hidden else _number(found))
            lines.append([*about, *scores])
        for student in sorted({who for _, who in marks} - set(students)):
            self.log.warning("%s is not in %s", safe_text(student), self.roster)
        if waiting:
            self.log.warning(
                "Left out, as they still wait for a person: %s "
                "(--%s.unfinished=True exports them)",
                counted(waiting, "score"), type(self).__name__,
            )  # fmt: skip
        target = Path(self.to or self.file_name)
        table = io.StringIO()
        csv.writer(table, delimiter=roster.separator, lineterminator="\n").writerows(lines)
        write_whole(target, table.getvalue().encode())
        self.log.info("Exported %s to %s", counted(len(targets), "assignment"), target)

    def _targets(self, roster: Roster, assignments: list[str]) -> dict[int, str]:
        """The assignments that have a column, by its place."""
        wanted = set(self.assignment) or set(assignments)
        found: dict[int, str] = {}
        for assignment in sorted(wanted & set(assignments)):
            if named := self.columns.get(assignment):
                places = [roster.column(named)]
            else:
                rule = re.compile(self.pattern(assignment), re.IGNORECASE)
                places = [
                    place
                    for place, name in enumerate(roster.header)
                    if rule.fullmatch(name.strip())
                ]
            if len(places) == 1 and places[0] is not None:
                found[places[0]] = assignment
            elif self.assignment or named:
                which = f"several columns for {assignment}" if len(places) > 1 else (
                    f"no column {named!r}" if named else f"no column for {assignment}"
                )  # fmt: skip
                raise LmsError(
                    f"{self.roster} has {which}; name it with --{type(self).__name__}.columns."
                )
        if not found:
            raise LmsError(
                f"{self.roster} has no column for any assignment; make the assignments in the LMS, "
                f"or name their columns with --{type(self).__name__}.columns."
            )
        return dict(sorted(found.items()))

    def _students(self, roster: Roster, known: list[Student]) -> list[str | None]:
        """The id of the student whom each row is about, None for rows that are about none."""
        names = [self.identity] if self.identity else self.identities
        found = roster.students(names, [(one.id, one.email) for one in known], type(self).__name__)
        return [
            student if self.is_student(roster, row) else None
            for row, student in zip(roster.rows, found, strict=True)
        ]


def _first(values: Iterable[str | None]) -> str:
    return next((value for value in values if value), "")


class CanvasExport(_LmsExport):
    """For Canvas: Grades, Import. The roster is what Grades, Export gives."""

    identities = ("SIS Login ID", "SIS User ID")
    kept = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
    file_name = "canvas.csv"

    def pattern(self, assignment: str) -> str:
        """Canvas adds its number: ``tokenizer (1234)``."""
        return rf"{re.escape(assignment)}( \(\d+\))?"

    def is_student(self, roster: Roster, row: list[str]) -> bool:
        """The rows after the header that hold points possible have no number of a student."""
        place = roster.column("ID")
        return place is None or bool(row[place].strip())


class MoodleExport(_LmsExport):
    """For Moodle: Grades, Import, CSV file. The roster is what Grades, Export gives."""

    identities = ("Username", "ID number", "Email address")
    kept = ("First name", "Last name", "Surname", "Username", "ID number", "Email address")
    file_name = "moodle.csv"

    def pattern(self, assignment: str) -> str:
        """Moodle adds the kind of activity and of number: ``Assignment: tokenizer (Real)``."""
        return rf"(\w+: )?{re.escape(assignment)}( \(\w+\))?"


def _number(marks: Marks) -> str:
    return f"{marks.score:.6f}".rstrip("0").rstrip(".")
