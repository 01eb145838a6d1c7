"""What is unusual about a submission, as its student should hear it before handing in.

The grader's own sentences are for the instructor, who reads them afterwards; each begins with the
fact, to which the advice here is added.
"""

from __future__ import annotations

from dataclasses import dataclass

from glovebox.verdict import Oddity, escape_controls


@dataclass(frozen=True)
class Remark:
    """Something that a student should know, in one sentence; ``kind`` is for programs."""

    kind: str
    message: str
    attention: bool = True
    """Whether it should be mended; otherwise it costs nothing."""

    def __post_init__(self) -> None:
        # It quotes the notebook, and terminals obey control characters.
        object.__setattr__(self, "message", escape_controls(self.message))


_RESTORED = "it is restored before grading; what you want to add belongs in a cell of your own"
ADVICE: dict[str, str] = {
    "answer-elsewhere": "what you wrote in another cell counts; better write it into this one",
    "cell-type": "turn it back, as it is graded as what it was",
    "damaged": "open it in Jupyter, look whether all is there, and save it",
    "duplicate": "delete the copies that you do not want graded",
    "edited": _RESTORED,
    "missing-answer": "it is graded as empty; copy it from the released notebook",
    "missing-cell": "what is missing is put back before grading",
    "reordered": "they are run in the released order; move yours so that they work in it",
    "too-long": "it is left out when graded; write less into it",
    "too-many-cells": "delete those that you do not need",
    "notebook-timeout": "what comes after is not run when graded either; make it faster",
}
"""What to do about a kind of oddity that should be mended."""
HARMLESS: dict[str, str] = {
    "checksum": "the instructor's counts",
    "encoding": "it is read all the same",
    "flags": "the instructor's count",
    "kernel": "it is graded with the course's",
    "language": "it is run in the course's",
    "nbformat": "it is converted",
    "points": "the instructor's count",
    "recognised": "it is known by its content",
    "schema-version": "the instructor's counts",
}
"""What happens to a kind of oddity that costs nothing."""


def of_oddity(oddity: Oddity) -> Remark:
    """An oddity of the grader's as a remark for the student."""
    fact = oddity.message.partition(";")[0].rstrip(".").removesuffix(" went missing")
    if oddity.kind == "missing-cell":
        fact = f"{fact} is missing" if fact.startswith("the ") else f"{fact} are missing"
    attention = oddity.kind not in HARMLESS
    advice = ADVICE.get(oddity.kind) or HARMLESS.get(oddity.kind)
    return Remark(oddity.kind, f"{fact}; {advice}." if advice else f"{fact}.", attention)
