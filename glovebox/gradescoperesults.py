"""A verdict as Gradescope shows it: https://gradescope-autograders.readthedocs.io/en/latest/specs/.

Students see what feedback shows, as plain text: title, message and hint of each check, and what was
odd about the submission. What is for the instructor goes to standard output, which Gradescope shows
to nobody else as long as ``stdout_visibility`` says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from glovebox.verdict import CheckRecord, NotebookVerdict, Outcome

VISIBILITIES = ("visible", "after_due_date", "after_published")
"""When students may see results; ``hidden`` would hide the total as well, and for good."""
NOT_GRADED = (
    "This submission could not be graded. That says nothing about your work: a person must look at "
    "it. Ask your instructor."
)
_REVIEW = "A person must look at this submission before its points count."
_SAID_ANYWAY = {
    Outcome.NOT_RUN: "Not run: a check that it builds on did not pass.",
    Outcome.ERROR: "This check could not decide; a person must look.",
}


def not_graded() -> dict[str, Any]:
    """What stands for a submission of which nothing is known."""
    return {
        "score": 0.0,
        "output": NOT_GRADED,
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": {"graded": False, "needs_review": True},
        "tests": [],
    }


def results_of(
    verdicts: Sequence[NotebookVerdict], visibility: str, seconds: float
) -> dict[str, Any]:
    """The content of ``results.json``.

    The score is the sum of those of the tests.

    Args:
        verdicts: one for each notebook of the assignment.
        visibility: when students see it, one of ``VISIBILITIES``.
        seconds: how long grading took.
    """
    several = len(verdicts) > 1
    review = any(verdict.needs_review for verdict in verdicts)
    lines = [oddity.message for verdict in verdicts for oddity in verdict.oddities]
    return {
        "output": "\n".join([*lines, *([_REVIEW] if review else [])]),
        "output_format": "text",
        "visibility": visibility,
        "stdout_visibility": "hidden",
        "execution_time": round(seconds),
        "extra_data": {
            "graded": True,
            "needs_review": review,
            "confined": all(verdict.confined for verdict in verdicts),
        },
        "tests": [
            _test(record, f"{verdict.notebook}: " if several else "")
            for verdict in verdicts
            for record in verdict.checks
        ],
    }


def _test(record: CheckRecord, prefix: str) -> dict[str, Any]:
    said = [_SAID_ANYWAY.get(record.outcome, ""), record.message]
    said.append(f"Hint: {record.hint}" if record.hint else "")
    return {
        "name": prefix + record.title,
        "name_format": "text",
        "score": record.points,
        "max_score": record.max_points,
        "status": "passed" if record.outcome is Outcome.PASSED else "failed",
        "output": "\n".join(filter(None, said)),
        "output_format": "text",
    }
