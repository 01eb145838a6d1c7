"""Mutants: what is changed in a source, and that the checks notice those of the solutions."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from glovebox.assignment import AssignmentBundle, list_assignments
from glovebox.audit import audit
from glovebox.batch import Grader
from glovebox.config import prepare_data
from glovebox.mutants import EQUIVALENT, load_mutants, sample
from glovebox.mutate import mutations
from glovebox.specimens import MUTANT, Specimen, SpecimenError
from tests.glovebox.sampling import MUTANTS

ROOT = Path(__file__).resolve().parents[2]
ASSIGNMENTS = list_assignments(ROOT)


def changed(source: str) -> set[str]:
    return {ast.unparse(tree) for _, _, tree in mutations(source)}


@pytest.mark.parametrize(
    ("source", "mutants"),
    [
        ("n < 3", {"n <= 3", "n > 3", "n < 4", "n < 2"}),
        ("a in b", {"a not in b"}),
        ("a + b", {"a - b", "a", "b"}),
        ("-a", {"a"}),
        ("a and b", {"a or b", "a", "b"}),
        ("not a", {"a"}),
        ("a[1:]", {"a[:]", "a[1 + 1:]", "a[2:]", "a[0:]", "a"}),
        ("f(a, b)", {"f(b)", "f(a)", "f(b, a)"}),
        ("a.lower().strip()", {"a.lower()", "a.strip()", "a.upper().strip()"}),
        ("f(x, k=True)", {"f(x)", "f(k=True)", "f(x, k=False)", "x"}),
        ("[a, b]", {"[b]", "[a]", "[b, a]"}),
        ("'neg'", {"''", "'negx'"}),
        ("sorted(a)", {"list(a)", "sorted()", "a"}),
        ("1 if a else b", {"1 if True else b", "1 if False else b", "2 if a else b",
                           "0 if a else b"}),
    ],
)  # fmt: skip
def test_one_thing_is_changed_at_a_time(source: str, mutants: set[str]) -> None:
    # Assigned, since a statement that is an expression alone may be left out as a whole.
    found = {one.removeprefix("x = ") for one in changed(f"x = {source}")} - {"pass"}
    assert found == mutants


@pytest.mark.parametrize(
    ("source", "mutant"),
    [
        ("for a in b:\n    f(a)", "for a in list(b)[1:]:\n    f(a)"),
        ("for a in b:\n    continue", "for a in b:\n    break"),
        ("if a:\n    b()", "if False:\n    b()"),
        ("x = [a for a in b if a]", "x = [a for a in b]"),
        ("x = [a for a in b if a]", "x = [a for a in list(b)[:-1] if a]"),
        ("def f():\n    return (a, b)", "def f():\n    return (b, a)"),
        ("def f():\n    a = 1\n    return a", "def f():\n    pass\n    return a"),
        ("def f():\n    return a", "def f():\n    return None"),
    ],
)
def test_statements_are_changed(source: str, mutant: str) -> None:
    assert mutant in changed(source)


def test_a_change_says_where_and_what() -> None:
    source = 'def f(x):\n    """Doubles."""\n    return x * 2\n'
    found = [(line, shown) for line, shown, _ in mutations(source)]
    assert (3, "x * 2 → x + 2") in found
    assert not any("Doubles" in shown for _, shown in found)
    long = f"x = f({', '.join(f'argument_{number}' for number in range(30))}, 7)"
    assert all(len(shown) < 150 for _, shown, _ in mutations(long))


def test_what_is_no_python_is_left_out() -> None:
    for source in ("x = f(a, b=1)", "for a in b:\n    continue"):
        for _, _, tree in mutations(source):
            compile(tree, "mutant", "exec")


# --- of the course's solutions --------------------------------------------------------------------


@pytest.fixture(scope="module")
def bundles() -> list[AssignmentBundle]:
    return [AssignmentBundle.load_first(ROOT, name) for name in list_assignments(ROOT)]


def test_there_are_enough(bundles: list[AssignmentBundle]) -> None:
    mutants = [mutant for bundle in bundles for mutant in load_mutants(ROOT, bundle)]
    assert len(mutants) >= 300
    assert len({mutant.name for mutant in mutants}) == len(mutants)
    assert {mutant.kind for mutant in mutants} == {MUTANT}
    assert 0 < sum(bool(mutant.equivalent) for mutant in mutants) < len(mutants) / 3


def test_samples_rotate(bundles: list[AssignmentBundle]) -> None:
    mutants = load_mutants(ROOT, bundles[0])
    one, same, other = sample(mutants, 9, 1), sample(mutants, 9, 1), sample(mutants, 9, 2)
    assert one == same != other
    assert [mutant for mutant in mutants if mutant in one] == one
    assert sample(mutants, 10_000, 3) == mutants


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ('[[tokenizer]]\nreason = "x"\nmutants = ["no such"]', "no mutant of tokenizer has"),
        ("[[tokenizer]]\nreason = 5", "cannot be used"),
        ("[[tokenizer", "cannot be used"),
    ],
)
def test_a_list_of_equivalent_mutants_that_is_wrong(
    tmp_path: Path, bundles: list[AssignmentBundle], listed: str, said: str
) -> None:
    path = tmp_path / EQUIVALENT
    path.parent.mkdir(parents=True)
    path.write_text(listed, encoding="utf-8")
    (tokenizer,) = [bundle for bundle in bundles if bundle.name == "tokenizer"]
    with pytest.raises(SpecimenError, match=said):
        load_mutants(tmp_path, tokenizer)


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    with Grader() as grader:
        yield grader


@pytest.fixture(scope="module")
def drawn(testrun_uid: str) -> list[tuple[Specimen, AssignmentBundle]]:
    """The mutants of this run: the same ones in all of its processes, and others the next time."""
    prepare_data(ROOT)
    seed = int(hashlib.sha256(testrun_uid.encode()).hexdigest()[:8], 16)
    return [
        (mutant, bundle)
        for bundle in (AssignmentBundle.load_first(ROOT, name) for name in ASSIGNMENTS)
        for mutant in sample(load_mutants(ROOT, bundle), MUTANTS, seed)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("number", range(MUTANTS * len(ASSIGNMENTS)))
def test_a_mutant_is_noticed(
    number: int, drawn: list[tuple[Specimen, AssignmentBundle]], grader: Grader
) -> None:
    (finding,) = audit([drawn[number]], grader)
    assert finding.problems == (), finding.specimen.name
