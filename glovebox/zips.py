"""Canvas's and Moodle's downloads of all submissions, for ``nbgrader zip_collect --collector``.

Both name each file after the person who handed it in, by a number of their own and not by
nbgrader's id. Who that is, is in the LMS's own table of the class (:mod:`glovebox.lms`).

Neither tells when a notebook was handed in: the times in their zip files are those of the download
(``lib/content_zipper.rb`` of Canvas, ``mod/assign/classes/downloader.php`` of Moodle). Canvas says
LATE in the name, and Moodle's grading worksheet has the time. Nobody is taken to be later than that
proves.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import dateutil.parser  # type: ignore[import-untyped, unused-ignore]
from nbgrader.plugins import FileNameCollectorPlugin
from traitlets import Bool, Unicode

from glovebox.assignment import list_notebooks
from glovebox.errors import UserError
from glovebox.gradebook import due_date, roll
from glovebox.lms import CanvasExport, LmsError, MoodleExport, Roster
from glovebox.naming import NOTEBOOK, Upload, destinations, letters, read_upload
from glovebox.parse import printable

_FORBIDDEN = re.compile(r"^\.|[/\\*?\[\]]")
"""In a student's id: nbgrader makes paths and patterns of it."""
_FULL_NAMES = (
    ("Full name",),
    # In which order these stand is a setting of Moodle's.
    ("First name", "Last name"),
    ("Last name", "First name"),
    ("First name", "Surname"),
    ("Surname", "First name"),
)


class _LmsCollector(FileNameCollectorPlugin):  # type: ignore[misc, unused-ignore]
    """What the collectors have in common: they look at all files before they name the first one."""

    roster = Unicode("", help="The LMS's own table of the class (CSV).").tag(config=True)
    identity = Unicode(
        "", help="The LMS's column in which the gradebook's ids stand, if it is none of the usual."
    ).tag(config=True)
    zip_times = Bool(False, help="Whether the files' own times say when they were handed in.").tag(
        config=True
    )
    timezone = Unicode(
        "", help="Where times in the roster are at home, such as Europe/Berlin; here, if not set."
    ).tag(config=True)

    identities: tuple[str, ...] = ()
    pattern: re.Pattern[str]
    """A name in the LMS's download."""
    lms = ""
    tells_late = False
    """Whether names say who is late."""
    _infos: dict[str, dict[str, Any]] | None = None

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        # nbgrader makes its plugins before it unpacks anything: what is wrong is said by then.
        with self._one_sentence():
            app = self.parent
            self._expected = list_notebooks(Path(app.coursedir.root), app.coursedir.assignment_id)
            archive, extracted = (
                Path(app._format_collect_path(folder))
                for folder in (app.archive_directory, app.extracted_directory)
            )
            if not archive.is_dir() and not extracted.is_dir():
                raise LmsError(f"{archive}: there is no such folder; put {self.lms}'s zip there.")
            if not self.roster:
                raise LmsError(f"name the LMS's table: --{type(self).__name__}.roster=FILE.")
            self._roster = Roster(Path(self.roster))
            self._students = self._students_of(self._roster)
            self._owners = self.owners(self._roster, self._students)
            self._times = self.times(self._roster, self._students)

    def owners(self, roster: Roster, students: list[str]) -> dict[str, str | None]:
        """The student of each person, by a key that :meth:`keys` gives; None where it fits two."""
        raise NotImplementedError

    def keys(self, upload: Upload) -> Iterable[str]:
        """What the owner of a file may be found by, the surest first."""
        raise NotImplementedError

    def times(self, roster: Roster, students: list[str]) -> dict[str, datetime.datetime]:
        """When students handed in, as far as the roster says."""
        return {}

    def collect(self, submitted_file: str) -> dict[str, Any] | None:
        """Whose an unpacked file is, which notebook, and of when; None for what is left out."""
        with self._one_sentence():
            if self._infos is None:
                self._infos = self._plan()
        return self._infos.get(submitted_file)

    @contextlib.contextmanager
    def _one_sentence(self) -> Iterator[None]:
        """Say what a user can mend, and end the command."""
        try:
            yield
        except (UserError, OSError) as error:
            self.log.error("%s", error)
            raise SystemExit(1) from error

    def _plan(self) -> dict[str, dict[str, Any]]:
        app = self.parent
        course = app.coursedir
        theirs: dict[str, list[Upload]] = defaultdict(list)
        for upload in self._uploads(Path(app._format_collect_path(app.extracted_directory))):
            key = next((key for key in self.keys(upload) if key in self._owners), None)
            if owner := self._owners.get(key or ""):
                theirs[owner].append(upload)
                continue
            why = "does not have them" if key is None else "does not tell which student that is"
            self.log.warning("%s: %s %s; left out", upload, self.roster, why)
        due = due_date(course.db_url, course.course_id, course.assignment_id)
        infos: dict[str, dict[str, Any]] = {}
        for student, uploads in sorted(theirs.items()):
            notebooks = [upload for upload in uploads if NOTEBOOK.search(upload.name)]
            if not notebooks:
                self.log.warning("%s: no notebook among what was handed in", uploads[0])
            chosen = self._chosen(notebooks, self._expected)
            for name, upload in chosen.items():
                moment = self._moment(upload, self._times.get(student), due)
                infos[upload.path] = {"student_id": student, "file_id": name, "timestamp": moment}
        if due is not None and infos and not (self.zip_times or self._times or self.tells_late):
            self.log.warning(
                "%s's download does not say when a notebook was handed in, so nobody counts as "
                "late; with the grading worksheet for a roster it would.", self.lms
            )  # fmt: skip
        return infos

    def _uploads(self, folder: Path) -> Iterator[Upload]:
        for root, _, names in os.walk(folder):
            for name in sorted(names):
                path = str(Path(root, name))
                parts = PurePath(path).relative_to(folder).parts
                upload = read_upload(path, parts, self.pattern)
                if upload is not None:
                    yield upload
                elif NOTEBOOK.search(name):
                    said = printable("/".join(parts), 200)
                    self.log.warning("%s: %s does not name files so; left out", said, self.lms)

    def _students_of(self, roster: Roster) -> list[str]:
        """The id of the student whom each row is about; nothing where two rows claim the same."""
        course = self.parent.coursedir
        names = [self.identity] if self.identity else self.identities
        known = roll(course.db_url, course.course_id)
        plugin = type(self).__name__
        found = roster.students(names, known, plugin)
        for place, values in enumerate(roster.identities(names, plugin)):
            # Whom the gradebook has yet to meet gets the id by which the marks find the way back.
            new = next((value for value in values if value), "")
            found[place] = found[place] or ("" if _FORBIDDEN.search(new) else new)
        return [student if found.count(student) == 1 else "" for student in found]

    def _chosen(self, uploads: list[Upload], expected: list[str]) -> dict[str, Upload]:
        """A student's notebooks by the name under which each is collected; the latest wins."""
        chosen: dict[str, Upload] = {}
        names = destinations([upload.name for upload in uploads], expected)
        order = sorted(
            zip(uploads, names, strict=True),
            key=lambda pair: (pair[0].order, pair[0].unpacked, pair[0].path),
        )
        for upload, name in order:
            if name in chosen:
                before = printable(chosen[name].name)
                self.log.warning("%s: taken in place of the earlier %s", upload, before)
            chosen[name] = upload
        return chosen

    def _moment(
        self, upload: Upload, told: datetime.datetime | None, due: datetime.datetime | None
    ) -> datetime.datetime:
        """When a notebook was handed in: at the latest, as far as that is known."""
        if told is not None:
            return told
        if due is None or self.zip_times:
            return upload.unpacked
        if upload.late:
            self.log.warning(
                "%s: %s says it is late, and not by how much; taken for just late. If it matters, "
                "put the time into its timestamp.txt", upload, self.lms
            )  # fmt: skip
            due += datetime.timedelta(seconds=1)
        return min(upload.unpacked, due)


class CanvasCollector(_LmsCollector):
    """For Canvas's *Download Submissions*. The roster is what Grades, Export gives."""

    identities = CanvasExport.identities
    pattern = re.compile(
        r"(?P<person>.*?)(?P<late>_LATE)?_(?P<number>\d+)_(?:(?P<order>\d+)_)?(?P<file>.+)"
    )
    lms = "Canvas"
    tells_late = True

    def owners(self, roster: Roster, students: list[str]) -> dict[str, str | None]:
        """By Canvas's number of the user and the name, in the columns ID and Student."""
        place = roster.column("ID")
        name = roster.column("Student")
        if place is None or name is None:
            raise LmsError(
                f"{self.roster} has no columns ID and Student; export it: Grades, Export."
            )
        return _unambiguous(
            (f"{row[place].strip()} {letters(row[name])}", student)
            for row, student in zip(roster.rows, students, strict=True)
        )

    def keys(self, upload: Upload) -> Iterable[str]:
        """The number and the name: who may choose a name could put another number into it."""
        yield f"{upload.number} {letters(upload.person)}"


class MoodleCollector(_LmsCollector):
    """For Moodle's *Download all submissions*.

    The roster is best the assignment's own grading worksheet, which has the number in the names of
    files and the times; what Grades, Export gives serves where no two have the same name.
    """

    identities = MoodleExport.identities
    pattern = re.compile(
        r"(?P<person>[^_]+)_(?P<number>\d+)_assignsubmission_[a-z]+_(?P<file>.*)", re.DOTALL
    )
    lms = "Moodle"

    def owners(self, roster: Roster, students: list[str]) -> dict[str, str | None]:
        """By the number of the participant, in the column Identifier; else by the full name."""
        numbers = roster.column("Identifier")
        places = [[roster.column(name) for name in names] for names in _FULL_NAMES]
        pairs: list[tuple[str, str]] = []
        for row, student in zip(roster.rows, students, strict=True):
            if numbers is not None:
                pairs += [(number, student) for number in re.findall(r"\d+$", row[numbers])]
                continue
            names = {
                letters("".join(row[place] for place in some if place is not None))
                for some in places
                if None not in some
            }
            pairs += [(name, student) for name in names]
        return _unambiguous(pairs)

    def keys(self, upload: Upload) -> Iterable[str]:
        """The number, then the name."""
        yield upload.number
        yield letters(upload.person)

    def times(self, roster: Roster, students: list[str]) -> dict[str, datetime.datetime]:
        """The worksheet's times, as Moodle writes them in English."""
        place = roster.column("Last modified (submission)")
        if place is None:
            return {}
        try:
            zone = ZoneInfo(self.timezone) if self.timezone else None
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise LmsError(f"{self.timezone} is no time zone; one is Europe/Berlin.") from error
        found = {}
        for row, student in zip(roster.rows, students, strict=True):
            text = row[place].strip()
            if not student or text in ("", "-"):
                continue
            try:
                moment = dateutil.parser.parse(text, dayfirst=True)
            except (ValueError, OverflowError):
                said = printable(text)
                self.log.warning("%s: %s is no time that can be read", self.roster, said)
                continue
            # astimezone() takes what names no zone for a time of this machine's.
            moment = moment if moment.tzinfo or zone is None else moment.replace(tzinfo=zone)
            found[student] = moment.astimezone(datetime.UTC)
        return found


def _unambiguous(pairs: Iterable[tuple[str, str]]) -> dict[str, str | None]:
    """Students by key; None for a key of several students, and of rows without one."""
    found: dict[str, str | None] = {}
    for key, student in pairs:
        if key:
            found[key] = student or None if found.get(key, student) == student else None
    return found
