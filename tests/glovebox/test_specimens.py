"""Every specimen gets the verdict it declares: the proof that marks are right both ways."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from glovebox.assignment import list_assignments
from glovebox.audit import Finding, audit, collect
from glovebox.batch import Grader
from glovebox.config import prepare_data
from glovebox.specimens import KINDS, load_specimens

ROOT = Path(__file__).resolve().parents[2]
ENDS = [f"{kind}/{name}" for kind in ("correct", "wrong") for name in list_assignments(ROOT)]
NAMES = [
    *(f"{end}__{'reference' if end.startswith('correct') else 'untouched'}" for end in ENDS),
    *(specimen.name for specimen in load_specimens(ROOT)),
]


@pytest.fixture(scope="session")
def findings(request: pytest.FixtureRequest) -> dict[str, Finding]:
    """All selected specimens, graded at once so that every processor has work."""
    wanted = {
        item.callspec.params["name"]
        for item in request.session.items
        if isinstance(item, pytest.Function) and item.originalname == "test_verdict_is_as_declared"
    }
    prepare_data(ROOT)
    pairs = [pair for pair in collect(ROOT) if pair[0].name in wanted]
    with Grader(os.cpu_count() or 1) as grader:
        return {finding.specimen.name: finding for finding in audit(pairs, grader)}


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_verdict_is_as_declared(findings: dict[str, Finding], name: str) -> None:
    assert findings[name].problems == ()


def test_there_are_enough_of_each_kind() -> None:
    kinds = Counter(specimen.kind for specimen in load_specimens(ROOT))
    least = {"wrong": 30, "correct": 12, "hostile": 12, "broken": 12}
    assert set(least) == set(KINDS)
    assert all(kinds[kind] >= number for kind, number in least.items()), kinds


def test_every_assignment_has_each_kind() -> None:
    for assignment in list_assignments(ROOT):
        assert {one.kind for one in load_specimens(ROOT, assignment)} == set(KINDS)


def _sources() -> Iterator[Path]:
    yield from (ROOT / "tests" / "specimens").rglob("*.py")


@pytest.mark.parametrize("path", list(_sources()), ids=lambda path: path.stem)
def test_file_is_small_enough_to_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 120
