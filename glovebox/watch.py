"""Grades what arrives, as it arrives: in nbgrader's exchange, or straight in ``submitted/``.

Nothing is kept in memory that matters. What is due is seen from the files and the gradebook, as
`glovebox autograde` sees it, so a watch that was ended, or killed, goes on where it stopped. What
waits, waits in its folder: no more is taken at a time than the workers can soon begin.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeFactory
from traitlets.config import Config

from glovebox import plainfiles
from glovebox.autograde import Graded, autograde
from glovebox.batch import BaseGrader
from glovebox.config import load_config
from glovebox.coursefolder import SafeCourseDirectory, SubmissionFolder
from glovebox.due import is_due
from glovebox.errors import UserError
from glovebox.expected import load_expected
from glovebox.gradebook import recorded
from glovebox.pacing import Pace
from glovebox.verdict import NotebookVerdict

_AT_ONCE = 2
"""Submissions a worker that are taken together."""
_LONGEST_PAUSE = 60.0
"""Seconds between two tries while something is out of order."""

Key = tuple[str, str]
"""Student, assignment."""
_EXCHANGE = ""
"""In place of a student."""
_Look = tuple[tuple[str, int, int], ...]
"""How a folder looks: the names, sizes and times of what is in it."""


@dataclass
class Watch:
    """What arrives for some assignments of a course, graded until :meth:`stop`.

    Args:
        root: the course folder.
        assignments: the names of the assignments.
        grader: what grades.
        pace: how often a student's work is graded.
        every: seconds between two looks. What arrives is graded once it looks the same twice, so
            that nobody's half-copied notebook is.
        feedback: whether feedback is made and released for what was graded.
        sandbox: whether student code is confined.
        say: told, in a sentence, what the instructor should know.
        on_graded: told of each notebook as it is recorded.
    """

    root: Path
    assignments: Sequence[str]
    grader: BaseGrader
    pace: Pace
    every: float = 2.0
    feedback: bool = False
    sandbox: bool = True
    say: Callable[[str], None] = print
    on_graded: Graded | None = None
    _stopped: threading.Event = field(default_factory=threading.Event)
    _seen: dict[Key, _Look] = field(default_factory=dict)
    _settled: dict[Key, _Look] = field(default_factory=dict)
    """What needed nothing more when it looked like this."""
    _since: dict[Key, float] = field(default_factory=dict)
    _not_before: dict[Key, float] = field(default_factory=dict)
    _said: set[str] = field(default_factory=set)

    def stop(self) -> None:
        """End :meth:`run` when what is under way is done."""
        self._stopped.set()

    def run(self) -> None:
        """Look, grade and wait, again and again, until :meth:`stop`.

        What is out of order, a gradebook that is locked, say, is said once and tried again, less
        and less often.
        """
        pause, trouble = self.every, ""
        while not self._stopped.is_set():
            try:
                more = self.round()
            except KeyboardInterrupt:
                return
            except (UserError, OSError) as error:
                if str(error) != trouble:
                    trouble = str(error)
                    self.say(trouble)
                pause = min(2 * pause, _LONGEST_PAUSE)
                self._stopped.wait(pause)
            else:
                pause, trouble = self.every, ""
                if not more:
                    self._stopped.wait(pause)

    def round(self) -> bool:
        """Collect, and grade some of what is due; whether more is waiting that could be graded.

        Raises:
            UserError: something is out of order.
            OSError: so it is.
        """
        config = load_config(self.root)
        course = SafeCourseDirectory.like(CourseDirectory(config=config))
        for assignment in self.assignments:
            self._collect(config, assignment)
        due = self._due(config, course)
        now = time.time()
        first: dict[str, Key] = {}
        for key in sorted(due, key=lambda key: self._since.setdefault(key, now)):
            if wait := self.pace.wait(key[0], now):
                until = time.strftime("%H:%M", time.localtime(now + wait + 60))
                self._say_once(f"{'/'.join(key)} has arrived and waits until {until}")
            else:
                first.setdefault(key[0], key)
        ready = list(first.values())
        if not ready:
            return False
        _, assignment = ready[0]
        most = _AT_ONCE * self.grader.jobs
        chosen = [key for key in ready if key[1] == assignment][:most]
        self._grade(config, assignment, {key: due[key] for key in chosen})
        return len(ready) > len(chosen)

    def _collect(self, config: Config, assignment: str) -> None:
        coursedir = CourseDirectory(config=config)
        coursedir.assignment_id = assignment
        exchange = ExchangeFactory(config=config).Collect(coursedir=coursedir, config=config)
        inbound = Path(exchange.root) / coursedir.course_id / "inbound"
        if not inbound.is_dir():
            return
        key, look = (_EXCHANGE, assignment), _look_at_entries(inbound, assignment)
        if not self._at_rest(key, look) or not look:
            return
        result = NbGraderAPI(config=config).collect(assignment, update=True)
        if not result["success"]:
            raise UserError(f"{assignment} could not be collected: {_last_line(result)}")
        self._settled[key] = look

    def _due(self, config: Config, course: SafeCourseDirectory) -> dict[Key, _Look]:
        """Submissions to be graded that have come to rest, and how they look."""
        due: dict[Key, _Look] = {}
        for assignment in self.assignments:
            course.assignment_id = assignment
            changed: list[tuple[SubmissionFolder, _Look]] = []
            for folder in course.submissions():
                look = _look_at(Path(folder.path))
                if self._at_rest((folder.student, assignment), look):
                    changed.append((folder, look))
            if not changed:
                continue
            expected = load_expected(self.root, assignment)
            marks = recorded(course.db_url, course.course_id, assignment)
            for folder, look in changed:
                key = (folder.student, assignment)
                if is_due(course, folder, expected, marks):
                    due[key] = look
                else:
                    self._settle(key, look)
                    if self.feedback and _lacks_feedback(course, key, expected):
                        self._give_feedback(config, key)
        return due

    def _at_rest(self, key: Key, look: _Look) -> bool:
        """Whether this looks as it did before, and was not dealt with when it looked so."""
        before, self._seen[key] = self._seen.get(key), look
        waits = time.time() < self._not_before.get(key, 0.0)
        return look == before and look != self._settled.get(key) and not waits

    def _settle(self, key: Key, look: _Look) -> None:
        self._settled[key] = look
        self._since.pop(key, None)

    def _grade(self, config: Config, assignment: str, chosen: dict[Key, _Look]) -> None:
        graded: set[str] = set()

        def note(student: str, verdict: NotebookVerdict, recalled: bool) -> None:
            if student not in graded and not recalled:
                self.pace.note(student, time.time())
            graded.add(student)
            if self.on_graded is not None:
                self.on_graded(student, verdict, recalled)

        result = autograde(
            self.root,
            assignment,
            students=[student for student, _ in chosen],
            grader=self.grader,
            sandbox=self.sandbox,
            on_graded=note,
        )
        for problem in result.problems:
            self._say_once(problem)
        for key, look in chosen.items():
            if key[0] in graded:
                self._settle(key, look)
                if self.feedback:
                    self._give_feedback(config, key)
            else:
                self._not_before[key] = time.time() + _LONGEST_PAUSE

    def _give_feedback(self, config: Config, key: Key) -> None:
        student, assignment = key
        api = NbGraderAPI(config=config)
        result = api.generate_feedback(assignment, student, force=True)
        if result["success"]:
            result = api.release_feedback(assignment, student)
        if not result["success"]:
            self._say_once(f"no feedback for {student}/{assignment}: {_last_line(result)}")

    def _say_once(self, sentence: str) -> None:
        if sentence not in self._said:
            self._said.add(sentence)
            self.say(sentence)


def _lacks_feedback(course: SafeCourseDirectory, key: Key, notebooks: Iterable[str]) -> bool:
    """Whether a run that was stopped had graded a submission, and not yet said so."""
    given = Path(course.format_path(course.feedback_directory, *key))
    graded = course.autograded(*key)
    for name in notebooks:
        page, notebook = given / f"{name}.html", graded / f"{name}.ipynb"
        if not page.exists() or page.stat().st_mtime < notebook.stat().st_mtime:
            return True
    return False


def _look_at(folder: Path) -> _Look:
    found = []
    try:
        with plainfiles.opened(folder) as root:
            for name in plainfiles.walk(root):
                info = os.stat(name, dir_fd=root, follow_symlinks=False)
                found.append((name, info.st_size, info.st_mtime_ns))
    except OSError:
        return (("cannot be read", 0, 0),)  # which is graded, too
    return tuple(sorted(found))


def _look_at_entries(inbound: Path, assignment: str) -> _Look:
    """The submissions of an assignment in the exchange; each one's time is that of its folder."""
    found = []
    with os.scandir(inbound) as entries:
        for entry in entries:
            if f"+{assignment}+" in entry.name:
                found.append((entry.name, 0, entry.stat(follow_symlinks=False).st_mtime_ns))
    return tuple(sorted(found))


def _last_line(result: dict[str, str]) -> str:
    said = (result.get("error") or result.get("log") or "").strip().splitlines()
    return said[-1].strip() if said else "nbgrader does not say why."
