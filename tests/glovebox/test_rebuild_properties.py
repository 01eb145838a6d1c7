"""Rebuilding under arbitrary damage: it never raises, never drifts, and loses no answer."""

from __future__ import annotations

import copy
import json
from typing import Any

import nbformat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode

from glovebox.rebuild import Rebuilt, rebuild
from glovebox.submission import parse_notebook

QUIET = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
IDS = ["intro", "setup", "double", "test-double", "mean", "test-mean", "explain", "new", "", 7]
SOURCES = st.sampled_from(
    ["", " ", "x = 1", "def double(x):\n    return x", "def mean(v): ...", "YOUR ANSWER HERE"]
) | st.text(max_size=20)
JUNK = st.none() | st.booleans() | st.floats() | st.text(max_size=3) | st.lists(st.none())
FIELDS = ["cell_type", "id", "metadata", "source", "outputs", "attachments"]
LABELS = ["grade", "solution", "locked", "task", "points", "schema_version", "checksum"]
PLACES = st.integers(0, 30)

DAMAGE = st.one_of(
    st.tuples(st.just("delete"), PLACES),
    st.tuples(st.just("duplicate"), PLACES, PLACES),
    st.tuples(st.just("move"), PLACES, PLACES),
    st.tuples(st.just("source"), PLACES, SOURCES),
    st.tuples(st.just("own"), PLACES, SOURCES, st.sampled_from(["code", "markdown", "raw"])),
    st.tuples(st.just("field"), PLACES, st.sampled_from(FIELDS), JUNK),
    st.tuples(st.just("label"), PLACES, st.sampled_from(LABELS), JUNK),
    st.tuples(st.just("relabel"), PLACES, st.sampled_from(IDS)),
    st.tuples(st.just("strip"), PLACES),
    st.tuples(st.just("junk"), PLACES, JUNK),
)


def damage(notebook: Any, what: str, place: int, *details: Any) -> None:
    """Apply one act of damage to a notebook in plain JSON."""
    cells = notebook["cells"]
    if not cells:
        return
    at = place % len(cells)
    cell = cells[at]
    metadata = cell.get("metadata") if isinstance(cell, dict) else None
    labels = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    if what == "delete":
        del cells[at]
    elif what == "duplicate":
        cells.insert(details[0] % len(cells), copy.deepcopy(cell))
    elif what == "move":
        cells.insert(details[0] % len(cells), cells.pop(at))
    elif what == "own":
        cells.insert(at, {"cell_type": details[1], "source": details[0], "metadata": {}})
    elif what == "junk":
        cells[at] = details[0]
    elif what in ("source", "field") and isinstance(cell, dict):
        cell["source" if what == "source" else details[0]] = details[-1]
    elif what == "strip" and isinstance(cell, dict):
        cell["metadata"] = {}
    elif what == "label" and isinstance(labels, dict):
        labels[details[0]] = details[1]
    elif what == "relabel" and isinstance(labels, dict):
        labels["grade_id"] = details[0]


def rebuilt(pristine: NotebookNode, data: Any) -> Rebuilt:
    submitted, _ = parse_notebook(json.dumps(data).encode())
    assert submitted is not None
    return rebuild(pristine, submitted)


@QUIET
@given(acts=st.lists(DAMAGE, max_size=8))
def test_any_damage_is_survived(
    acts: list[Any], handed_in: dict[str, Any], tiny_pristine: NotebookNode
) -> None:
    notebook = copy.deepcopy(handed_in)
    for act in acts:
        damage(notebook, *act)
    result = rebuilt(tiny_pristine, notebook)
    nbformat.validate(result.notebook)
    ours = [cell for cell in result.notebook.cells if not cell.id.startswith("own-")]
    for cell, wanted in zip(ours, tiny_pristine.cells, strict=True):
        assert (cell.id, cell.cell_type, cell.metadata) == (
            wanted.id,
            wanted.cell_type,
            wanted.metadata,
        )
        if not wanted.metadata.nbgrader.solution:
            assert cell == wanted
    for oddity in result.oddities:
        assert oddity.message.isprintable()
        assert oddity.message.endswith(".")
    again = rebuilt(tiny_pristine, result.notebook)
    assert again.notebook == result.notebook
    assert again.unanswered == result.unanswered


@QUIET
@given(data=st.data())
def test_answers_survive_whatever_happens_around_them(
    data: st.DataObject, handed_in: dict[str, Any], tiny_pristine: NotebookNode
) -> None:
    """Re-ordering everything, and deleting, copying or editing other cells, costs no answer."""
    stubs = {cell.id: cell for cell in tiny_pristine.cells if cell.metadata.nbgrader.solution}
    answers = [cell for cell in handed_in["cells"] if cell["id"] in stubs]
    locked = [cell for cell in handed_in["cells"] if cell["id"] not in stubs]
    others = data.draw(st.lists(st.sampled_from(locked + list(stubs.values())), max_size=12))
    others = [copy.deepcopy(cell) for cell in others]
    for cell in others:
        if cell["id"] not in stubs and data.draw(st.booleans()):
            cell["source"] = data.draw(st.sampled_from(["", "y = 1", "# Notes", "def f(): ..."]))
    notebook = {**handed_in, "cells": data.draw(st.permutations(answers + others))}
    result = rebuilt(tiny_pristine, notebook)
    taken = {cell.id: cell.source for cell in result.notebook.cells}
    for answer in answers:
        assert taken[answer["id"]] == answer["source"]
    assert result.unanswered == frozenset()


@QUIET
@given(own=st.lists(st.tuples(PLACES, st.text(min_size=1, max_size=10)), max_size=6))
def test_own_cells_keep_their_order_and_cause_no_oddity(
    own: list[tuple[int, str]], handed_in: dict[str, Any], tiny_pristine: NotebookNode
) -> None:
    notebook = copy.deepcopy(handed_in)
    for number, (place, text) in enumerate(own):
        source = f"note_{number} = {text!r}"
        notebook["cells"].insert(
            place % len(notebook["cells"]),
            {"cell_type": "code", "source": source, "metadata": {}, "outputs": []},
        )
    result = rebuilt(tiny_pristine, notebook)
    assert result.oddities == ()
    assert [c.source for c in result.notebook.cells] == [c["source"] for c in notebook["cells"]]
