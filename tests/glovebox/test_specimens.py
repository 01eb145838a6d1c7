"""Specimens get the verdicts they declare: the proof that marks are right both ways."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from glovebox.assignment import AssignmentBundle, list_assignments
from glovebox.audit import audit, collect
from glovebox.batch import Grader
from glovebox.config import prepare_data
from glovebox.specimens import (
    ATTACKS,
    KINDS,
    SPECIMENS,
    Specimen,
    SpecimenError,
    load_specimens,
)
from tests.glovebox import sampling

ROOT = Path(__file__).resolve().parents[2]
ENDS = [
    end.replace("/", f"/{name}__")
    for end in ("correct/reference", "wrong/untouched")
    for name in list_assignments(ROOT)
]
# Hostile ones are graded by test_hostile.py, with an eye on what is around them.
OTHERS = [specimen for specimen in load_specimens(ROOT) if specimen.kind != "hostile"]


@pytest.fixture(scope="session")
def grader() -> Iterator[Grader]:
    """One worker, which imports its libraries once; pytest-xdist runs several of these tests."""
    with Grader() as grader:
        yield grader


@pytest.fixture(scope="session")
def specimens() -> dict[str, tuple[Specimen, AssignmentBundle]]:
    prepare_data(ROOT)
    return {pair[0].name: pair for pair in collect(ROOT)}


@pytest.mark.slow
@pytest.mark.parametrize("name", ENDS)
def test_the_reference_earns_everything_and_the_release_nothing(
    name: str, specimens: dict[str, tuple[Specimen, AssignmentBundle]], grader: Grader
) -> None:
    (finding,) = audit([specimens[name]], grader)
    assert finding.problems == ()


@pytest.mark.slow
@pytest.mark.parametrize(("assignment", "number"), sampling.places(sampling.SPECIMENS, OTHERS))
def test_a_verdict_is_as_declared(
    assignment: str,
    number: int,
    lot: Callable[[list[str]], list[str]],
    specimens: dict[str, tuple[Specimen, AssignmentBundle]],
    grader: Grader,
) -> None:
    names = [specimen.name for specimen in OTHERS if specimen.assignment == assignment]
    name = lot(names)[number]
    (finding,) = audit([specimens[name]], grader)
    assert finding.problems == (), name


def test_each_assignment_has_its_share() -> None:
    assignments = set(list_assignments(ROOT))
    assert set(sampling.SPECIMENS) == set(sampling.ATTACKS) == assignments


def test_there_are_enough_of_each_kind() -> None:
    kinds = Counter(specimen.kind for specimen in load_specimens(ROOT))
    least = {"wrong": 100, "correct": 50, "hostile": 60, "broken": 12}
    assert set(least) == set(KINDS)
    assert all(kinds[kind] >= number for kind, number in least.items()), kinds


def test_every_assignment_has_each_kind() -> None:
    for assignment in list_assignments(ROOT):
        assert {one.kind for one in load_specimens(ROOT, assignment)} == set(KINDS)


def test_every_attack_is_tried_twice() -> None:
    tried = Counter(item for specimen in load_specimens(ROOT) for item in set(specimen.items))
    assert all(tried[item] >= 2 for item in ATTACKS), tried


@pytest.mark.parametrize("declared", ["", "ITEMS = (1,)", "STOPPED_BY = 'the box'"])
def test_hostile_specimen_declares_what_it_tries_and_what_stops_it(
    tmp_path: Path, declared: str
) -> None:
    _write_hostile(tmp_path, declared)
    with pytest.raises(SpecimenError, match="ITEMS and its STOPPED_BY"):
        load_specimens(tmp_path)


@pytest.mark.parametrize("item", [0, 26, "3"])
def test_items_are_numbers_of_known_attacks(tmp_path: Path, item: object) -> None:
    _write_hostile(tmp_path, f"ITEMS = (1, {item!r})\nSTOPPED_BY = 'the box'")
    with pytest.raises(SpecimenError, match=f"not {item!r}"):
        load_specimens(tmp_path)


def test_items_are_kept(tmp_path: Path) -> None:
    _write_hostile(tmp_path, "ITEMS = (15, 16)\nSTOPPED_BY = 'the box'")
    (specimen,) = load_specimens(tmp_path)
    assert (specimen.items, specimen.stopped_by) == ((15, 16), "the box")


def _write_hostile(course_root: Path, declared: str) -> None:
    folder = course_root / SPECIMENS / "hostile"
    folder.mkdir(parents=True)
    text = f'"""Steals."""\n\nASSIGNMENT = "tokenizer"\nMAX_POINTS = 0\n{declared}\n'
    (folder / "tokenizer__thief.py").write_text(text, encoding="utf-8")


def _sources() -> Iterator[Path]:
    yield from (ROOT / "tests" / "specimens").rglob("*.py")


@pytest.mark.parametrize("path", list(_sources()), ids=lambda path: path.stem)
def test_file_is_small_enough_to_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 120
