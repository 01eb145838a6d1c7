"""What a class gets wrong most often: who fails alike, and which messages say the same."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from glovebox.verdict import CheckRecord, NotebookVerdict, Outcome, not_passed

_MOST_CHARACTERS = 2_000
"""Of a message; what follows tells no mistake from another."""
_OF_ONE_RUN = ("given:", "called as:")
"""Lines that hold a generated input."""
_PLACE = re.compile(r"line \d+ of the cell: .*")
_VALUE = re.compile(r"(expected|but got): +(.*)")
_STRING = re.compile(r"""(?<!\w)[bBrR]?(?P<quote>['"])(?:\\.|(?!(?P=quote)).)*(?:(?P=quote)|$)""")
_NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?j?(?!\w)", re.IGNORECASE)
_BRACKETS = tuple(
    (re.compile(pattern), sign)
    for pattern, sign in (
        (r"\[[^][(){}]*\]", "\x01"),
        (r"\([^][(){}]*\)", "\x02"),
        (r"\{[^][(){}]*\}", "\x03"),
    )
)
_SHOWN = {"\x01": "[…]", "\x02": "(…)", "\x03": "{…}"}
_KINDS = {"[": "a list", "(": "a tuple", "{": "a dict or set", "'": "a text", '"': "a text"}


def skeleton(message: str) -> str:
    """A message without what differs from one student, or one drawing of inputs, to the next.

    Numbers, quoted values, what stands in brackets, generated inputs and the student's own line are
    taken out; of values that are compared only the kind stays, such as ``a list``. ``None``, truth
    values and the names of functions stay.
    """
    lines = []
    for line in message[:_MOST_CHARACTERS].splitlines():
        if line.startswith(_OF_ONE_RUN) or _PLACE.fullmatch(line):
            continue
        value = _VALUE.fullmatch(line)
        lines.append(f"{value[1]}: {_kind(value[2])}" if value else _bare(line))
    return "\n".join(lines)


def _kind(value: str) -> str:
    """What sort of a value a text shows; it may have been cut anywhere."""
    if value[:1] in _KINDS:
        return _KINDS[value[0]]
    return "a number" if _NUMBER.match(value) else _bare(value)


def _bare(text: str) -> str:
    text = _NUMBER.sub("#", _STRING.sub("‹›", text))
    before = ""
    while text != before:
        before = text
        for brackets, sign in _BRACKETS:
            text = brackets.sub(sign, text)
    return "".join(_SHOWN.get(one, one) for one in text)


@dataclass(frozen=True)
class Failing:
    """Submissions of a notebook that fail the very same checks."""

    notebook: str
    titles: tuple[str, ...]
    """Of the checks, in the order in which they run."""
    checks: tuple[str, ...]
    students: tuple[str, ...]
    example: CheckRecord
    """The first of these checks, with the message if it says the same to all of these students."""


@dataclass(frozen=True)
class Mistake:
    """Messages that say the same to several students."""

    notebook: str
    skeleton: str
    titles: tuple[str, ...]
    """Of the checks that say so."""
    checks: tuple[str, ...]
    students: tuple[str, ...]
    example: CheckRecord
    """As it ended for the first of these students."""


Graded = tuple[str, NotebookVerdict]
"""A student and the verdict on a notebook."""


def failing_alike(graded: Iterable[Graded]) -> list[Failing]:
    """Submissions by the set of checks that they do not pass, the largest group first."""
    groups: dict[tuple[str, tuple[str, ...]], list[Graded]] = {}
    for student, verdict in graded:
        failed = not_passed(verdict.checks)
        names = tuple(record.check for record in verdict.checks if record.check in failed)
        if names:
            groups.setdefault((verdict.notebook, names), []).append((student, verdict))
    found = []
    for (notebook, names), members in groups.items():
        records = [one for one in members[0][1].checks if one.check in names]
        students = tuple(student for student, _ in members)
        told = {
            skeleton(one.message) for _, v in members for one in v.checks if one.check == names[0]
        }
        example = records[0]
        if len(told) > 1:
            example = replace(example, message="They are told different things.", hint="")
        found.append(Failing(notebook, _titles(records), names, students, example))
    return sorted(found, key=lambda one: (-len(one.students), one.notebook, one.checks))


def mistakes(graded: Iterable[Graded]) -> list[Mistake]:
    """Failed checks by what their messages say, what most students are told first.

    Messages are told apart by check. Where several checks say the very same to the same students,
    it is one mistake, such as a function that is not written yet.
    """
    said: dict[tuple[str, str, str], list[tuple[str, CheckRecord]]] = {}
    for student, verdict in graded:
        for record in verdict.checks:
            if record.outcome is Outcome.FAILED:
                key = (verdict.notebook, record.check, skeleton(record.message))
                said.setdefault(key, []).append((student, record))
    merged: dict[tuple[str, str, str, tuple[str, ...]], list[CheckRecord]] = {}
    for (notebook, _, text), told in said.items():
        students = tuple(student for student, _ in told)
        first = told[0][1]
        merged.setdefault((notebook, text, first.message, students), []).append(first)
    found = [
        Mistake(
            notebook,
            text,
            _titles(records),
            tuple(record.check for record in records),
            students,
            records[0],
        )
        for (notebook, text, _, students), records in merged.items()
    ]
    return sorted(found, key=lambda one: (-len(one.students), one.notebook, one.checks))


def _titles(records: Iterable[CheckRecord]) -> tuple[str, ...]:
    return tuple(record.title or record.check for record in records)
