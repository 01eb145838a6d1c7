"""Verdicts: what is stored is what was found, and who must look is told."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib import resources
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glovebox.figures import lines, rows
from glovebox.verdict import CheckRecord, NotebookVerdict, Oddity, Outcome, not_passed

SCHEMA = json.loads(resources.files("glovebox").joinpath("verdict.schema.json").read_text())
RECORD = CheckRecord("a", "A", "test-a", Outcome.PASSED, 1, 1)
TEXT = st.text(max_size=8)
POINTS = st.floats(0, 100)
FIGURES = st.one_of(
    st.builds(lambda a, b: rows(a, b, good=b[:1]), TEXT, st.lists(TEXT, max_size=3)),
    st.builds(
        lambda a, b: lines(a, b, x="epoch", bands={"a": [(0.1, 0.2)]}),
        TEXT,
        st.dictionaries(TEXT, st.lists(st.one_of(st.none(), st.floats()), max_size=3)),
    ),
)
RECORDS = st.builds(
    CheckRecord,
    TEXT,
    TEXT,
    TEXT,
    st.sampled_from(Outcome),
    POINTS,
    POINTS,
    TEXT,
    TEXT,
    TEXT,
    POINTS,
    st.lists(FIGURES, max_size=2).map(tuple),
)
VERDICTS = st.builds(
    NotebookVerdict,
    notebook=TEXT,
    checks=st.lists(RECORDS, max_size=3).map(tuple),
    oddities=st.lists(st.builds(Oddity, TEXT, TEXT, st.booleans(), TEXT), max_size=2).map(tuple),
    seed=st.integers(0, 2**32),
    duration=POINTS,
    confined=st.booleans(),
    unanswered=st.frozensets(TEXT, max_size=2),
    submission_sha256=TEXT,
    assignment_sha256=TEXT,
    versions=st.dictionaries(TEXT, TEXT, max_size=2),
)


@settings(max_examples=60, deadline=None)
@given(VERDICTS)
def test_a_verdict_survives_being_stored(verdict: NotebookVerdict) -> None:
    text = verdict.to_json()
    assert NotebookVerdict.from_json(text) == verdict
    text.encode()
    stored = json.loads(text)
    assert stored["points"] == verdict.points
    assert stored["needs_review"] == verdict.needs_review


@settings(max_examples=60, deadline=None)
@given(VERDICTS.map(lambda one: replace(one, submission_sha256="0" * 64, assignment_sha256="")))
def test_what_is_stored_is_as_the_schema_says(verdict: NotebookVerdict) -> None:
    jsonschema.validate(json.loads(verdict.to_json()), SCHEMA)


def test_the_schema_names_every_field_and_no_other() -> None:
    stored = json.loads(NotebookVerdict("a", (RECORD,), (Oddity("x", "y"),)).to_json())
    parts = {"check": stored["checks"][0], "oddity": stored["oddities"][0]}
    for schema, part in [(SCHEMA, stored), *((SCHEMA["$defs"][n], p) for n, p in parts.items())]:
        assert set(schema["required"]) == set(schema["properties"]) == set(part)


@pytest.mark.parametrize(
    "changes",
    [
        {"schema_version": 2},
        {"points": "all"},
        {"assignment_sha256": "none"},
        {"checks": [{"check": "a"}]},
        {"unanswered": ["a", "a"]},
    ],
)
def test_the_schema_refuses_what_is_no_verdict(changes: dict[str, Any]) -> None:
    stored = json.loads(NotebookVerdict("a", (RECORD,)).to_json()) | changes
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(stored, SCHEMA)


def test_any_characters_can_be_stored() -> None:
    verdict = NotebookVerdict("a", oddities=(Oddity("x", "\ud800 <é>"),))
    verdict.to_json().encode()
    assert "<é>" in verdict.to_json()


@pytest.mark.parametrize(
    "change",
    [
        {"schema_version": 2},
        {"schema_version": None},
        {"checks": None},
        {"checks": [{}]},
        {"checks": [5]},
        {"oddities": [{"kind": "x"}]},
        {"oddities": {"a": 1}},
        {"unanswered": 5},
    ],
)
def test_other_documents_are_no_verdicts(change: dict[str, Any]) -> None:
    document = json.loads(NotebookVerdict("tiny").to_json())
    with pytest.raises(ValueError, match="not a verdict of schema version 1"):
        NotebookVerdict.from_json(json.dumps(document | change))


@pytest.mark.parametrize(
    "text", ["", "[]", "5", "null", "{", '{"schema_version": 1}', "[" * 99_999]
)
def test_other_texts_are_no_verdicts(text: str) -> None:
    with pytest.raises(ValueError, match="not a verdict"):
        NotebookVerdict.from_json(text)


def test_what_a_later_version_adds_is_passed_over() -> None:
    document = json.loads(NotebookVerdict("tiny").to_json()) | {"later": 1}
    assert NotebookVerdict.from_json(json.dumps(document)) == NotebookVerdict("tiny")


def record(outcome: Outcome, cell: str = "a", points: float = 0) -> CheckRecord:
    return CheckRecord(f"test_{outcome}", "", cell, outcome, points, 2)


def test_points_add_up() -> None:
    checks = (
        record(Outcome.PASSED, "a", 2),
        record(Outcome.FAILED, "a"),
        record(Outcome.PASSED, "b", 0.5),
    )
    verdict = NotebookVerdict("tiny", checks)
    assert (verdict.points, verdict.max_points) == (2.5, 6)
    assert (verdict.cell_points("a"), verdict.cell_points("b")) == (2, 0.5)
    assert verdict.cell_points("none") == 0
    assert not_passed(checks) == {"test_failed"}
    assert not verdict.needs_review


def test_errors_are_looked_at_where_they_happened() -> None:
    verdict = NotebookVerdict("tiny", (record(Outcome.ERROR, "a"), record(Outcome.NOT_RUN, "b")))
    assert verdict.needs_review
    assert verdict.cell_needs_review("a")
    assert not verdict.cell_needs_review("b")


@pytest.mark.parametrize(
    ("oddity", "anywhere", "a", "b"),
    [
        (Oddity("x", "x"), False, False, False),
        (Oddity("x", "x", review=True), True, True, True),
        (Oddity("x", "x", review=True, cell="a"), True, True, False),
        (Oddity("x", "x", cell="a"), False, False, False),
    ],
)
def test_oddities_are_looked_at_where_they_are(
    oddity: Oddity, anywhere: bool, a: bool, b: bool
) -> None:
    verdict = NotebookVerdict("tiny", (record(Outcome.FAILED),), (oddity,))
    assert verdict.needs_review is anywhere
    assert verdict.cell_needs_review("a") is a
    assert verdict.cell_needs_review("b") is b


def test_what_a_submission_says_cannot_steer_a_terminal() -> None:
    said = "\x1b[2J\u202egp\ud800\x07\r tab\tline\nöß…"
    shown = "\\x1b[2J\\u202egp\\ud800\\x07\\r tab\tline\nöß…"
    assert Oddity("odd", said).message == shown
    record = CheckRecord("test_x", "X", "cell", Outcome.FAILED, 0, 1, message=said)
    assert record.message == shown
