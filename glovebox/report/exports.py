"""The report as tables for a spreadsheet, and as JSON for a program."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from glovebox.export import safe_text
from glovebox.report.build import AssignmentReport, Report
from glovebox.report.reading import Submission

_Row = tuple[Any, ...]


def tables(report: Report) -> dict[str, bytes]:
    """CSV files by name. A text that a spreadsheet would take for a formula gets an apostrophe."""
    made = {
        "students.csv": (_STUDENTS, _students(report)),
        "checks.csv": (_CHECKS, _checks(report)),
        "mistakes.csv": (_MISTAKES, _mistakes(report)),
        "similar.csv": (_SIMILAR, _similar(report)),
    }
    return {name: _csv(header, rows) for name, (header, rows) in made.items()}


def _csv(header: _Row, rows: Iterable[_Row]) -> bytes:
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(header)
    # Numbers are ours; a minus sign before one is no formula.
    writer.writerows(
        [v if isinstance(v, int | float) else safe_text(v) for v in row] for row in rows
    )
    return table.getvalue().encode("utf-8", "replace")


_STUDENTS = (
    *("assignment", "student_id", "name", "handed_in", "score", "max_score", "penalty"),
    *("seconds_late", "in_doubt", "waits_for_a_person", "grading_seconds", "memory_bytes"),
)


def _students(report: Report) -> Iterator[_Row]:
    for about in report.assignments:
        for student, name in report.graded.students.items():
            one = report.submissions.get((about.name, student))
            yield (about.name, student, name, *_numbers(about, one))


def _numbers(about: AssignmentReport, one: Submission | None) -> _Row:
    greatest = about.graded.planned.max_score
    if one is None:
        return (None, None, greatest, None, None, None, None, None, None)
    entry = one.entry
    return (
        entry and entry.marks.timestamp,
        one.score,
        greatest,
        entry and entry.marks.penalty,
        entry and entry.seconds_late,
        int(one.in_doubt),
        int(one.waits),
        round(one.duration, 3),
        one.memory or None,
    )


_CHECKS = (
    *("assignment", "notebook", "check", "title", "submissions", "pass_rate", "discrimination"),
    *("remark", "median_seconds"),
)


def _checks(report: Report) -> Iterator[_Row]:
    for about in report.assignments:
        for check in about.checks:
            item = check.item
            yield (
                *(about.name, item.notebook, item.check, check.title, item.submissions),
                *(item.pass_rate, item.discrimination, item.remark, check.seconds),
            )


_MISTAKES = ("assignment", "notebook", "checks", "number", "students", "message", "example")


def _mistakes(report: Report) -> Iterator[_Row]:
    for about in report.assignments:
        for one in about.mistakes:
            yield (
                *(about.name, one.notebook, " ".join(one.checks), len(one.students)),
                *(" ".join(one.students), one.skeleton, one.example.message),
            )


_SIMILAR = (
    *("assignment", "notebook", "first", "second", "likeness", "usual", "signs", "spreads"),
    "answers",
)


def _similar(report: Report) -> Iterator[_Row]:
    for about in report.assignments:
        for comparison in about.comparisons:
            for pair in comparison.pairs:
                yield (
                    *(about.name, pair.notebook, pair.first, pair.second),
                    *(pair.likeness, pair.usual, pair.signs, pair.spreads),
                    " ".join(shared.answer for shared in pair.shared),
                )


def as_json(report: Report) -> dict[str, Any]:
    """The report in plain values: ``json.dumps`` takes them. Times are UTC, durations seconds."""
    return {
        "course": report.graded.course,
        "made": report.graded.made.isoformat(timespec="seconds"),
        "students": report.graded.students,
        "assignments": [_assignment(about) for about in report.assignments],
        "problems": report.problems,
    }


def _assignment(about: AssignmentReport) -> dict[str, Any]:
    planned = about.graded.planned
    return {
        "name": about.name,
        "duedate": planned.duedate and planned.duedate.isoformat(),
        "max_score": planned.max_score,
        "handed_in": len(about.submissions),
        "in_doubt": [one.student for one in about.in_doubt],
        "written_answers_wait": [one.student for one in about.only_written],
        "scores": {one.student: one.score for one in about.submissions},
        "spread": about.spread and asdict(about.spread),
        "histogram": [asdict(bar) for bar in about.bars],
        "seconds": about.durations and asdict(about.durations),
        "memory_bytes": about.memories and asdict(about.memories),
        "late": {
            one.student: {
                "seconds": one.entry.seconds_late,
                "penalty": one.entry.marks.penalty,
            }
            for one in about.late
            if one.entry
        },
        "findings": [
            {
                "group": one.group,
                "student": one.student,
                "notebook": one.paper.notebook,
                "message": one.message,
                "review": one.review,
            }
            for one in about.findings
        ],
        "checks": [
            {
                **asdict(check.item),
                "title": check.title,
                "remark": check.item.remark,
                "seconds": check.seconds,
            }
            for check in about.checks
        ],
        "failing_alike": [
            {"notebook": one.notebook, "checks": one.checks, "students": one.students}
            for one in about.failing
        ],
        "mistakes": [
            {
                "notebook": one.notebook,
                "checks": one.checks,
                "message": one.skeleton,
                "students": one.students,
                "example": one.example.message,
            }
            for one in about.mistakes
        ],
        "similar": [
            {
                "notebook": comparison.notebook,
                "students": comparison.students,
                "quantiles": comparison.quantiles,
                "limit": comparison.limit,
                "pairs": [
                    {
                        "students": (pair.first, pair.second),
                        "likeness": pair.likeness,
                        "usual": pair.usual,
                        "signs": pair.signs,
                        "spreads": pair.spreads,
                        "answers": [shared.answer for shared in pair.shared],
                    }
                    for pair in comparison.pairs
                ],
            }
            for comparison in about.comparisons
        ],
    }
