"""An interrupted audit goes on from where it was, and never from where something else was."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from glovebox.assignment import AssignmentBundle
from glovebox.audit import audit
from glovebox.batch import Grader
from glovebox.grade import Graded, GradeJob
from glovebox.inputs import digest_of_inputs
from glovebox.ledger import Ledger
from glovebox.specimens import Specimen, job_for, reference
from glovebox.verdict import CheckRecord, NotebookVerdict, Oddity, Outcome

VERDICT = NotebookVerdict(
    notebook="tiny",
    checks=(CheckRecord("test_two", "Two", "test-double", Outcome.PASSED, 2, 2, message="\n"),),
    oddities=(Oddity("late", "It was late."),),
    seed=7,
)


def verdict_on(job: GradeJob) -> NotebookVerdict:
    return replace(VERDICT, inputs_sha256=digest_of_inputs(job))


class FakeGrader:
    """Grades everything alike, and remembers what it was given."""

    def __init__(self) -> None:
        self.jobs: list[GradeJob] = []

    def grade_all(self, jobs: Iterable[tuple[Any, GradeJob]]) -> Iterator[tuple[Any, Graded]]:
        for key, job in jobs:
            self.jobs.append(job)
            yield key, Graded(b"", verdict_on(job))


@pytest.fixture
def bundle(tiny_bundle: Callable[..., AssignmentBundle]) -> AssignmentBundle:
    return tiny_bundle()


@pytest.fixture
def job(bundle: AssignmentBundle) -> GradeJob:
    return job_for(reference("tiny"), bundle)


def test_a_verdict_is_found_again(tmp_path: Path, job: GradeJob) -> None:
    path = tmp_path / "ledger"
    assert Ledger(path).get(job) is None
    Ledger(path).add(verdict_on(job))
    assert Ledger(path).get(job) == verdict_on(job)


def test_a_line_that_was_cut_off_is_passed_over(tmp_path: Path, job: GradeJob) -> None:
    path = tmp_path / "ledger"
    Ledger(path).add(verdict_on(job))
    path.write_bytes(path.read_bytes()[:-20])
    ledger = Ledger(path)
    assert ledger.get(job) is None
    ledger.add(verdict_on(job))
    assert Ledger(path).get(job) == verdict_on(job)


def test_an_audit_grades_only_what_is_missing(tmp_path: Path, bundle: AssignmentBundle) -> None:
    first = reference("tiny")
    wrong = replace(first, slug="other", kind="wrong", cells={"double": "def double(x): return 0"})
    wrong = replace(wrong, loses=frozenset({"test_two"}))
    pairs = [(first, bundle), (wrong, bundle)]

    def names(ledger: Ledger, of: list[tuple[Specimen, AssignmentBundle]]) -> list[str]:
        grader = FakeGrader()
        found = list(audit(of, cast(Grader, grader), ledger=ledger))
        graded.append(len(grader.jobs))
        return [f"{one.specimen.slug}: {one.problems}" for one in found]

    graded: list[int] = []
    path = tmp_path / "ledger"
    names(Ledger(path), pairs[:1])
    resumed = names(Ledger(path), pairs)
    again = names(Ledger(path), pairs)
    assert graded == [1, 1, 0]
    # What is known is judged anew: a verdict that is not as declared stays a finding.
    assert sorted(resumed) == sorted(again)
    assert sorted(resumed) == ["other: ('kept test_two',)", "reference: ()"]
    ledger = Ledger(path)
    ledger.close()
    assert not path.exists()
