"""The hidden checks are complete: enough of them, each says what it is about, the points add up."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
AT_LEAST = {
    "learned_embedding": 20,
    "tokenizer": 14,
    "glove_matrix": 12,
    "frozen_embedding": 12,
    "data_size": 20,
}
"""Checks that a notebook's module has at the least."""


def checks_of(notebook: str) -> dict[str, FunctionType]:
    """The check functions of a module of hidden checks, by name."""
    path = ROOT / "tests" / "hidden" / f"test_{notebook}.py"
    spec = importlib.util.spec_from_file_location(f"inspected_{notebook}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {name: value for name, value in vars(module).items() if name.startswith("test_")}


def marker(check: Any, name: str) -> pytest.Mark:
    """The one marker of that name on a check."""
    found = [mark for mark in check.pytestmark if mark.name == name]
    assert len(found) == 1, f"{check.__name__} has {len(found)} markers {name}"
    return found[0]


def grade_cells(notebook: str) -> dict[str, float]:
    """Points of the automatically graded cells of a source notebook, by grade id."""
    path = ROOT / "source" / notebook / f"{notebook}.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    labels = [cell["metadata"].get("nbgrader", {}) for cell in cells]
    return {
        label["grade_id"]: label["points"]
        for label in labels
        if label.get("grade") and not label.get("solution")
    }


@pytest.mark.parametrize("notebook", AT_LEAST)
def test_there_are_enough_checks(notebook: str) -> None:
    assert len(checks_of(notebook)) >= AT_LEAST[notebook]


@pytest.mark.parametrize("notebook", AT_LEAST)
def test_every_check_has_title_points_and_hint(notebook: str) -> None:
    for name, check in checks_of(notebook).items():
        title = (check.__doc__ or "").strip()
        assert title, f"{name} has no docstring; students read it as the title"
        assert "\n" not in title, f"{name}: only the first line of the docstring is shown"
        assert len(title) <= 100, f"{name}: the title is too long for a table"
        points = marker(check, "points")
        assert points.args[0] > 0, f"{name} is worth nothing"
        assert points.kwargs.get("hint"), f"{name} has no hint"


@pytest.mark.parametrize("notebook", AT_LEAST)
def test_titles_tell_the_checks_apart(notebook: str) -> None:
    titles = [check.__doc__ for check in checks_of(notebook).values()]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("notebook", AT_LEAST)
def test_points_add_up_to_those_of_the_grade_cells(notebook: str) -> None:
    sums: dict[str, float] = {}
    for check in checks_of(notebook).values():
        cell = marker(check, "grade_cell").args[0]
        sums[cell] = sums.get(cell, 0) + marker(check, "points").args[0]
    assert sums == grade_cells(notebook)


@pytest.mark.parametrize("notebook", AT_LEAST)
def test_needed_checks_come_earlier(notebook: str) -> None:
    checks = checks_of(notebook)
    names = list(checks)
    for name, check in checks.items():
        needs = [need for mark in check.pytestmark if mark.name == "needs" for need in mark.args]
        for need in needs:
            assert need in names[: names.index(name)], f"{name} needs {need}, which runs later"
