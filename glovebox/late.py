"""What being late costs: a grace period, a share a day, a cap, and who has more time."""

from __future__ import annotations

import csv
import datetime
import io
import math
from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from nbgrader.plugins import LateSubmissionPlugin
from traitlets import Dict, Float, Unicode
from traitlets.config import Config
from traitlets.utils.importstring import import_item

from glovebox.errors import UserError

_DAY, _HOUR, _MINUTE = 86_400.0, 3_600.0, 60.0
_COLUMNS = ("student", "assignment", "hours")
EVERY = "*"
"""In the list of extensions: every assignment."""


class LatePolicyError(UserError):
    """The policy or the list of extensions cannot be used; the sentence says why."""


@dataclass(frozen=True)
class Policy:
    """What lateness costs.

    Args:
        grace_minutes: so much later than the due date is not late.
        per_day: the share of the score that each day costs, one that has only begun included.
        at_most: the share of the score that lateness costs at most.
    """

    grace_minutes: float = 0.0
    per_day: float = 0.1
    at_most: float = 1.0

    def __post_init__(self) -> None:
        for name, most in (("grace_minutes", math.inf), ("per_day", 1.0), ("at_most", 1.0)):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                raise LatePolicyError(f"LatePolicy.{name} is {value!r}; it must be a number.")
            if not 0 <= value <= most:
                raise LatePolicyError(
                    f"LatePolicy.{name} is {value:g}; it must not be below 0 or above {most:g}."
                )

    def share(self, seconds_late: float) -> float:
        """The share of the score that so much lateness costs."""
        if seconds_late <= self.grace_minutes * _MINUTE:
            return 0.0
        return min(self.per_day * math.ceil(seconds_late / _DAY), self.at_most)


class LatePolicy(LateSubmissionPlugin):  # type: ignore[misc, unused-ignore]
    """For ``AssignLatePenalties.plugin_class``: a policy, other ones for some assignments.

    Attributes:
        assignment_id: what is being graded; who asks says so beforehand. nbgrader itself does
            not, and then the general policy and only extensions for all assignments hold.
    """

    grace_minutes = Float(0.0, help="So many minutes later is not late.").tag(config=True)
    per_day = Float(0.1, help="The share of the score that each begun day costs.").tag(config=True)
    at_most = Float(1.0, help="The share of the score that lateness costs at most.").tag(
        config=True
    )
    assignments = Dict({}, help="What is different, by assignment and setting.").tag(config=True)
    extensions = Unicode("", help="A CSV file with student, assignment (or *) and hours.").tag(
        config=True
    )
    assignment_id = ""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        for name in self.config.get("LatePolicy", {}):
            # traitlets would say so in a log that nobody reads; what it inherits is not used here.
            if name not in (theirs := LatePolicy.class_own_traits(config=True)):
                known = ", ".join(sorted(theirs))
                raise LatePolicyError(f"there is no setting LatePolicy.{name}; there are {known}.")
        general = Policy(self.grace_minutes, self.per_day, self.at_most)
        self._general = general
        self._policies = {
            name: _changed(general, name, changes) for name, changes in self.assignments.items()
        }
        place = Path(self.config.CourseDirectory.get("root") or "", self.extensions)
        self._hours = read_extensions(place) if self.extensions else {}

    def late_submission_penalty(
        self, student_id: str, score: float, total_seconds_late: float
    ) -> float | None:
        """Points to be taken off; None for none."""
        policy = self._policies.get(self.assignment_id, self._general)
        more = self.more_time(student_id, self.assignment_id)
        share = policy.share(total_seconds_late - more.total_seconds())
        return round(share * score, 6) or None

    def more_time(self, student_id: str, assignment: str) -> datetime.timedelta:
        """How much more time the list of extensions gives a student for an assignment."""
        hours = (self._hours.get((student_id, one), 0.0) for one in (assignment, EVERY))
        return datetime.timedelta(hours=max(hours))

    def strangers(self, students: Collection[str], assignments: Collection[str]) -> list[str]:
        """Sentences on the names, in the policy or the list, that are not among the known ones."""
        listed = self._hours
        found = {
            "LatePolicy.assignments: there is no assignment": {*self._policies} - {*assignments},
            f"{self.extensions}: there is no assignment": (
                {one for _, one in listed} - {EVERY, *assignments}
            ),
            f"{self.extensions}: neither the gradebook nor submitted/ knows a student": (
                {who for who, _ in listed} - {*students}
            ),
        }
        return [
            f"{what} {' or '.join(map(repr, sorted(names)))}."
            for what, names in found.items()
            if names
        ]


def late_policy(config: Config) -> LatePolicy | None:
    """The policy that a course's configuration names; None if it names another plugin or none.

    Raises:
        LatePolicyError: it cannot be used.
    """
    named = config.AssignLatePenalties.get("plugin_class")
    try:
        plugin = import_item(named) if isinstance(named, str) else named
    except ImportError:
        return None  # nbgrader says so where it needs it
    if isinstance(plugin, type) and issubclass(plugin, LatePolicy):
        return plugin(config=config)
    return None


def with_more_time(
    policy: LatePolicy | None,
    student: str,
    assignment: str,
    extension: datetime.timedelta | None,
) -> datetime.timedelta | None:
    """The gradebook's own extension and what the policy's list adds to it; None for neither."""
    more = policy.more_time(student, assignment) if policy else datetime.timedelta()
    return (extension or datetime.timedelta()) + more or None


def _changed(general: Policy, assignment: str, changes: Any) -> Policy:
    known = [one.name for one in fields(Policy)]
    if not isinstance(changes, dict) or not set(changes) <= set(known):
        raise LatePolicyError(
            f"LatePolicy.assignments[{assignment!r}] is {changes!r}; it must hold settings among "
            f"{', '.join(known)}."
        )
    return replace(general, **changes)


def read_extensions(path: Path) -> dict[tuple[str, str], float]:
    """Hours more, by student and assignment; the longest where there are several.

    Raises:
        LatePolicyError: the file cannot be read, or a line of it cannot be understood.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise LatePolicyError(f"{path}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise LatePolicyError(f"{path}: it is not UTF-8 text; save it as CSV UTF-8.") from error
    rows = csv.DictReader(io.StringIO(text, newline=""))
    if set(rows.fieldnames or ()) != set(_COLUMNS):
        raise LatePolicyError(f"{path}: its first line must be {','.join(_COLUMNS)}.")
    found: dict[tuple[str, str], float] = {}
    for row in rows:
        student, assignment = (str(row[name] or "").strip() for name in _COLUMNS[:2])
        try:
            hours = float(row["hours"])
        except (TypeError, ValueError):
            hours = math.nan
        if not student or not assignment or not 0 <= hours < math.inf:
            raise LatePolicyError(
                f"{path}, line {rows.line_num}: give a student, an assignment (or {EVERY}) and "
                "hours."
            )
        key = (student, assignment)
        found[key] = max(hours, found.get(key, 0.0))
    return found
