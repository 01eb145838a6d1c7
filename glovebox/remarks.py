"""What is unusual about a submission, as its student should hear it, before handing in and after.

The grader's own sentences are for the instructor; each begins with the fact, to which what a
student can do about it is added here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
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


AFTERWARDS: dict[str, str] = {
    "cell-timeout": "make what runs in it faster, or let it do less",
    "kernel-died": "what could be run after it was run without it",
    "memory": "make its arrays smaller, or delete those that are not needed any more",
    "missing-answer": "it was graded as empty; copy it from the released notebook next time",
    "too-long": "it was left out; write less into it",
    "unreadable": "every answer was graded as empty, so save it in Jupyter and hand it in again",
}
"""What to do about a kind of oddity where the grader's own words are not for students."""
HIDDEN = ("checksum", "flags", "points", "schema-version")
"""Kinds of oddity in the labels that nbgrader keeps with a cell, which students do not see."""
_LABELS_CHANGED = (
    "Hidden labels of some cells were not the released ones, as happens when cells are copied; "
    "the instructor's count."
)
_QUOTED = re.compile(r'("[^"]*")')
_ASIDE = re.compile(r" \([^()]*\)")
_STUDENTS_WORDS = (
    (re.compile(r"\bthe student's\b"), "your"),
    (re.compile(r"\bThe student's\b"), "Your"),
    (re.compile(r"\bours\b"), "the instructor's"),
    (re.compile(r"\bour\b"), "the released"),
)
_ALIKE = 8
"""So many sentences of a kind are shown."""


def afterwards(oddities: Iterable[Oddity]) -> list[str]:
    """What the grader noticed, in sentences for the student who reads them beside the marks."""
    by_kind: dict[str, dict[str, None]] = {}
    for oddity in oddities:
        kind = "labels" if oddity.kind in HIDDEN else oddity.kind
        by_kind.setdefault(kind, {})[_sentence(oddity)] = None
    said = []
    for sentences in map(list, by_kind.values()):
        said += sentences[:_ALIKE]
        if sentences[_ALIKE:]:
            said.append(f"{len(sentences) - _ALIKE} more of this kind are not shown here.")
    return said


def _sentence(oddity: Oddity) -> str:
    if oddity.kind in HIDDEN:
        return _LABELS_CHANGED
    sentence = oddity.message
    if advice := AFTERWARDS.get(oddity.kind):
        sentence = f"{_fact(oddity)}; {advice}."
    if oddity.kind == "unreadable":
        sentence = _ASIDE.sub("", sentence)  # where a JSON parser gave up
    sentence = _to_student(sentence)
    return sentence[:1].upper() + sentence[1:]


def _to_student(sentence: str) -> str:
    """The sentence as somebody says it to the student; names that it quotes stay as they are."""
    pieces = _QUOTED.split(sentence)
    for place in range(0, len(pieces), 2):
        for words, instead in _STUDENTS_WORDS:
            pieces[place] = words.sub(instead, pieces[place])
    return "".join(pieces)


def of_oddity(oddity: Oddity) -> Remark:
    """An oddity of the grader's as a remark for the student who has not handed in yet."""
    fact = _to_student(_fact(oddity))
    attention = oddity.kind not in HARMLESS
    advice = ADVICE.get(oddity.kind) or HARMLESS.get(oddity.kind)
    return Remark(oddity.kind, f"{fact}; {advice}." if advice else f"{fact}.", attention)


def _fact(oddity: Oddity) -> str:
    """What was found, without what the instructor should know of it."""
    fact = oddity.message.partition(";")[0].rstrip(".").removesuffix(" went missing")
    if oddity.kind == "missing-cell":
        return f"{fact} is missing" if fact.startswith("the ") else f"{fact} are missing"
    return fact
