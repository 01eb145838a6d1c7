"""The same work gets the same verdict: again, on a busy machine, and written otherwise."""

from __future__ import annotations

import ast
import dataclasses
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from glovebox.assignment import AssignmentBundle
from glovebox.audit import collect
from glovebox.batch import Grader
from glovebox.config import prepare_data
from glovebox.grade import Graded, GradeJob
from glovebox.specimens import Specimen, job_for
from glovebox.verdict import NotebookVerdict
from tests.glovebox.rewriting import REWRITINGS, split
from tests.glovebox.sampling import TRAINING

ROOT = Path(__file__).resolve().parents[2]
GRADINGS = int(os.environ.get("GLOVEBOX_GRADINGS", "4"))
"""How often each submission is graded; `make stability` asks for 50."""
JOBS = 2
"""At a time, beside what the other processes of the tests do."""
SUBMISSIONS = (
    "correct/tokenizer__reference",
    "wrong/tokenizer__cut_one_too_late",
    "correct/glove_matrix__reference",
    "wrong/glove_matrix__matrix_of_leftovers",
    "correct/frozen_embedding__reference",
    "wrong/frozen_embedding__loaded_but_not_frozen",
    "correct/learned_embedding__reference",
    "wrong/learned_embedding__one_epoch",
    "correct/data_size__reference",
)
A_RUN = 4
"""So many specimens are written otherwise in a run of the tests, other ones each time."""

pytestmark = pytest.mark.slow

Pair = tuple[Specimen, AssignmentBundle]


@pytest.fixture(scope="module")
def pairs() -> dict[str, Pair]:
    prepare_data(ROOT)
    return {pair[0].name: pair for pair in collect(ROOT)}


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    with Grader(JOBS) as grader:
        yield grader


def outcomes(verdict: NotebookVerdict) -> list[tuple[str, str, float]]:
    return [(one.check, one.outcome.value, one.points) for one in verdict.checks]


def verdicts(grader: Grader, jobs: list[GradeJob]) -> list[NotebookVerdict]:
    found = []
    for _, graded in grader.grade_all(enumerate(jobs)):
        assert isinstance(graded, Graded), graded
        found.append(graded.verdict)
    return found


@pytest.mark.parametrize("name", SUBMISSIONS)
def test_a_verdict_is_the_same_each_time(name: str, pairs: dict[str, Pair], grader: Grader) -> None:
    # The first half with one and the same seed, the others each with its own.
    seeds = [7] * (GRADINGS // 2) + list(range(100, 100 + GRADINGS - GRADINGS // 2))
    found = verdicts(grader, [job_for(*pairs[name], seed) for seed in seeds])
    assert len(found) == GRADINGS
    assert all(outcomes(one) == outcomes(found[0]) for one in found)
    assert all(one.oddities == found[0].oddities for one in found)
    same = [one for one in found if one.seed == 7]
    assert len({tuple(check.message for check in one.checks) for one in same}) == 1


# --- written otherwise ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def drawn(pairs: dict[str, Pair], lot: Callable[[list[str]], list[str]]) -> list[Pair]:
    """The specimens of this run."""
    usable = sorted(name for name, (specimen, _) in pairs.items() if rewritable(specimen))
    return [pairs[name] for name in lot(usable)[:A_RUN]]


def rewritable(specimen: Specimen) -> bool:
    """Whether a specimen is plain Python in its cells, and quickly graded."""
    if specimen.kind not in ("correct", "wrong") or specimen.edit or not specimen.cells:
        return False
    if specimen.assignment in TRAINING or specimen.limits.call < 10:
        return False
    try:
        return all(ast.parse(source) for source in specimen.cells.values())
    except SyntaxError:  # magics
        return False


@pytest.mark.parametrize("rewriting", [*REWRITINGS, "split"])
@pytest.mark.parametrize("number", range(A_RUN))
def test_a_verdict_does_not_hang_on_how_it_is_written(
    number: int, rewriting: str, drawn: list[Pair], grader: Grader
) -> None:
    specimen, bundle = drawn[number]
    if rewriting == "split":
        pieces = {cell: split(source) for cell, source in specimen.cells.items()}
        cells = {cell: parts[-1] for cell, parts in pieces.items()}
        before = [("before", cell, part) for cell, parts in pieces.items() for part in parts[:-1]]
        other = dataclasses.replace(specimen, cells=cells, extra=(*specimen.extra, *before))
    else:
        rewrite = REWRITINGS[rewriting]
        cells = {cell: rewrite(source) for cell, source in specimen.cells.items()}
        other = dataclasses.replace(specimen, cells=cells)
    (verdict,) = verdicts(grader, [job_for(other, bundle)])
    assert specimen.judge(verdict) == [], f"{specimen.name}, seed {verdict.seed}"


def test_what_is_written_otherwise_is_another_text() -> None:
    source = "def f(x):\n    total = 0  # so far\n    for n in x: total += n\n    return total\n"
    texts = {rewrite(source) for rewrite in REWRITINGS.values()} | {source}
    assert len(texts) == len(REWRITINGS) + 1
    for text in texts:
        names: dict[str, object] = {}
        exec(text, names)
        assert names["f"]([1, 2, 3]) == 6  # type: ignore[operator]
    assert "renamed_total" in REWRITINGS["renamed"](source)
    assert "renamed_x" not in REWRITINGS["renamed"](source)
