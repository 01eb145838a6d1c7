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
from glovebox.ledger import Ledger, digest_of_code
from glovebox.specimens import Specimen, job_for, reference
from glovebox.verdict import CheckRecord, NotebookVerdict, Oddity, Outcome

VERDICT = NotebookVerdict(
    notebook="tiny",
    checks=(CheckRecord("test_two", "Two", "test-double", Outcome.PASSED, 2, 2, message="\n"),),
    oddities=(Oddity("late", "It was late."),),
    seed=7,
)


class FakeGrader:
    """Grades everything alike, and remembers what it was given."""

    def __init__(self) -> None:
        self.jobs: list[GradeJob] = []

    def grade_all(self, jobs: Iterable[tuple[Any, GradeJob]]) -> Iterator[tuple[Any, Graded]]:
        for key, job in jobs:
            self.jobs.append(job)
            yield key, Graded(b"", VERDICT)


@pytest.fixture
def bundle(tiny_bundle: Callable[..., AssignmentBundle]) -> AssignmentBundle:
    return tiny_bundle()


@pytest.fixture
def job(bundle: AssignmentBundle) -> GradeJob:
    return job_for(reference("tiny"), bundle)


def test_a_verdict_is_found_again(tmp_path: Path, job: GradeJob) -> None:
    path = tmp_path / "ledger"
    assert Ledger(path, "code").get(job) is None
    Ledger(path, "code").add(job, VERDICT)
    assert Ledger(path, "code").get(job) == VERDICT


def test_a_change_of_anything_is_another_verdict(tmp_path: Path, job: GradeJob) -> None:
    path = tmp_path / "ledger"
    Ledger(path, "code").add(job, VERDICT)
    bundle = job.assignment
    changed = [
        replace(job, submission=(job.submission or b"") + b" "),
        replace(job, seed=1),
        replace(job, limits=replace(job.limits, call=1.0)),
        replace(job, sandbox=False),
        replace(job, fail_fast=True),
        replace(job, assignment=replace(bundle, checks={**bundle.checks, "more.py": b""})),
        replace(job, assignment=replace(bundle, data={**bundle.data, "more.txt": b""})),
    ]
    ledger = Ledger(path, "code")
    assert [ledger.get(one) for one in changed] == [None] * len(changed)
    assert Ledger(path, "other code").get(job) is None


def test_a_line_that_was_cut_off_is_passed_over(tmp_path: Path, job: GradeJob) -> None:
    path = tmp_path / "ledger"
    Ledger(path, "code").add(job, VERDICT)
    path.write_bytes(path.read_bytes()[:-20])
    ledger = Ledger(path, "code")
    assert ledger.get(job) is None
    ledger.add(job, VERDICT)
    assert Ledger(path, "code").get(job) == VERDICT


def test_the_digest_is_that_of_code_but_not_of_specimens(tmp_path: Path) -> None:
    (tmp_path / "specimens").mkdir()
    (tmp_path / ".venv").mkdir()
    (tmp_path / "one.py").write_text("1")
    before = digest_of_code(tmp_path)
    for name in ("specimens/two.py", ".venv/three.py", "four.txt"):
        (tmp_path / name).write_text("2")
    assert digest_of_code(tmp_path) == before
    (tmp_path / "one.py").write_text("2")
    assert digest_of_code(tmp_path) != before


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
    names(Ledger(path, "code"), pairs[:1])
    resumed = names(Ledger(path, "code"), pairs)
    again = names(Ledger(path, "code"), pairs)
    assert graded == [1, 1, 0]
    # What is known is judged anew: a verdict that is not as declared stays a finding.
    assert sorted(resumed) == sorted(again)
    assert sorted(resumed) == ["other: ('kept test_two',)", "reference: ()"]
    ledger = Ledger(path, "code")
    ledger.close()
    assert not path.exists()
