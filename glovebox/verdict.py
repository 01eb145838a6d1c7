"""What grading says: one record per check, one verdict per notebook.

Values flow one way (rebuild, run, check, verdict, record); these frozen dataclasses carry them, and
their JSON form is ``verdict.json``.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

SCHEMA_VERSION = 1


class Outcome(StrEnum):
    """How a check ended."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_RUN = "not_run"
    """A check it needs did not pass, so it could tell nothing."""
    ERROR = "error"
    """The check itself broke or never reported: no points, and a person must look."""


def escape_controls(text: str) -> str:
    """``text`` with control and invisible characters escaped, line breaks and tabs aside.

    All of it; to quote a little of a file in a message there is :func:`glovebox.parse.printable`.
    """
    return "".join(
        one if one.isprintable() or one in "\n\t" else one.encode("unicode_escape").decode()
        for one in text
    )


@dataclass(frozen=True)
class CheckRecord:
    """One hidden check, as it ended for one submission.

    ``message`` and ``hint`` are for the student; ``detail`` (the trainer's traceback, say) is not.
    ``points`` are those earned, out of ``max_points``; ``duration`` is in seconds. ``figures`` are
    pictures for the student, as plain numbers (see :mod:`glovebox.figures`).
    """

    check: str
    title: str
    grade_cell: str
    outcome: Outcome
    points: float
    max_points: float
    message: str = ""
    hint: str = ""
    detail: str = ""
    duration: float = 0.0
    figures: tuple[dict[str, Any], ...] = ()

    def __post_init__(self) -> None:
        # A student's exception may say anything.
        object.__setattr__(self, "message", escape_controls(self.message))
        object.__setattr__(self, "figures", tuple(self.figures))  # a list, when it comes from JSON


@dataclass(frozen=True)
class Oddity:
    """Something unusual about a submission or its run, in one sentence.

    ``kind`` is a short stable word for machines; ``review`` asks for a person to look at it, at the
    grade cell named by ``cell``, or at the whole notebook.
    """

    kind: str
    message: str
    review: bool = False
    cell: str = ""

    def __post_init__(self) -> None:
        # It often quotes the submission, and is shown on terminals, which obey control characters.
        object.__setattr__(self, "message", escape_controls(self.message))


@dataclass(frozen=True)
class NotebookVerdict:
    """Everything grading found out about one notebook of one submission."""

    notebook: str
    checks: tuple[CheckRecord, ...] = ()
    oddities: tuple[Oddity, ...] = ()
    seed: int = 0
    duration: float = 0.0
    memory: int = 0
    """Bytes that the student's processes held at one time, the most that was seen; 0 if unknown."""
    confined: bool = False
    """Whether the student's code ran in a sandbox."""
    unanswered: frozenset[str] = frozenset()
    """``grade_id`` of the answer cells left as they were released."""
    submission_sha256: str = ""
    assignment_sha256: str = ""
    inputs_sha256: str = ""
    """Of everything it depends on; see :mod:`glovebox.inputs`."""
    versions: dict[str, str] = field(default_factory=dict)

    @property
    def points(self) -> float:
        """Points earned by all checks."""
        return sum(record.points for record in self.checks)

    @property
    def max_points(self) -> float:
        """Points that all checks are worth."""
        return sum(record.max_points for record in self.checks)

    @property
    def needs_review(self) -> bool:
        """Whether a person must look before the mark counts."""
        return any(o.review for o in self.oddities) or any(
            record.outcome is Outcome.ERROR for record in self.checks
        )

    def of_cell(self, grade_cell: str) -> list[CheckRecord]:
        """The records of one grade cell, in the order they ran."""
        return [record for record in self.checks if record.grade_cell == grade_cell]

    def cell_points(self, grade_cell: str) -> float:
        """Points earned in one grade cell."""
        return sum(record.points for record in self.of_cell(grade_cell))

    def cell_needs_review(self, grade_cell: str) -> bool:
        """Whether a check of this cell is doubtful, or the whole notebook is."""
        return any(o.review and o.cell in ("", grade_cell) for o in self.oddities) or any(
            record.outcome is Outcome.ERROR for record in self.of_cell(grade_cell)
        )

    def to_json(self) -> str:
        """The verdict as it is stored beside the graded notebook."""
        fields = {"schema_version": SCHEMA_VERSION, **dataclasses.asdict(self)}
        fields["unanswered"] = sorted(self.unanswered)
        fields["points"], fields["max_points"] = self.points, self.max_points
        fields["needs_review"] = self.needs_review
        text = json.dumps(fields, indent=1, ensure_ascii=False) + "\n"
        return text.encode("utf-8", "replace").decode()

    @classmethod
    def read(cls, path: Path) -> NotebookVerdict:
        """Read the verdict in a file.

        Raises:
            OSError: the file cannot be read.
            ValueError: as :meth:`from_json`.
        """
        return cls.from_json(path.read_text(encoding="utf-8"))

    @classmethod
    def from_json(cls, text: str) -> NotebookVerdict:
        """Read a stored verdict.

        Raises:
            ValueError: the text is not a verdict of this schema version.
        """
        try:
            fields: dict[str, Any] = json.loads(text)
            if fields.get("schema_version") != SCHEMA_VERSION:
                raise ValueError(f"schema version {fields.get('schema_version')!r}")
            known = {f.name for f in dataclasses.fields(cls)}
            fields = {name: value for name, value in fields.items() if name in known}
            fields["checks"] = tuple(
                CheckRecord(**{**record, "outcome": Outcome(record["outcome"])})
                for record in fields["checks"]
            )
            fields["oddities"] = tuple(Oddity(**oddity) for oddity in fields["oddities"])
            fields["unanswered"] = frozenset(fields["unanswered"])
            return cls(**fields)
        except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
            raise ValueError(
                f"not a verdict of schema version {SCHEMA_VERSION}: {error}"
            ) from error


def not_passed(records: Iterable[CheckRecord]) -> set[str]:
    """Names of the checks that did not pass."""
    return {record.check for record in records if record.outcome is not Outcome.PASSED}
