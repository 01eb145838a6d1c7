"""A change of anything that a mark depends on shows in the digest, and a change of nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from glovebox import inputs
from glovebox.assignment import AssignmentBundle
from glovebox.grade import GradeJob
from glovebox.inputs import digest_of_inputs, surroundings
from glovebox.specimens import job_for, reference
from glovebox.verdict import Oddity

CHECKS = """
import json, numpy
import ours.part as part
from glovebox import expect
def test_two(student):
    from theirs import thing
"""


@pytest.fixture
def job(tiny_bundle: Callable[..., AssignmentBundle]) -> GradeJob:
    return job_for(reference("tiny"), tiny_bundle())


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of the import path; what was learned of it is forgotten afterwards."""
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    inputs._digest_of_package.cache_clear()


def test_any_part_of_the_job_counts(job: GradeJob) -> None:
    bundle = job.assignment
    changed = [
        replace(job, submission=(job.submission or b"") + b" "),
        replace(job, oddities=(Oddity("renamed", "It was renamed."),)),
        replace(job, seed=1),
        replace(job, limits=replace(job.limits, call=1.0)),
        replace(job, sandbox=False),
        replace(job, mutated="double"),
        replace(job, assignment=replace(bundle, source=bundle.source + b" ")),
        replace(job, assignment=replace(bundle, checks={**bundle.checks, "more.py": b""})),
        replace(job, assignment=replace(bundle, data={**bundle.data, "more.txt": b""})),
    ]
    digests = {digest_of_inputs(one) for one in [job, *changed]}
    assert len(digests) == 1 + len(changed)
    assert digest_of_inputs(replace(job)) == digest_of_inputs(job)


def test_so_do_versions(job: GradeJob, packages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest_of_inputs(job)
    monkeypatch.setattr(inputs, "versions", lambda: {"numpy": "of another day"})
    assert digest_of_inputs(job) != before


def test_checks_say_what_they_import(tiny_bundle: Callable[..., AssignmentBundle]) -> None:
    bundle = tiny_bundle(CHECKS)
    assert bundle.imported >= {"json", "numpy", "ours", "glovebox", "theirs"}
    broken = replace(bundle, checks={"test_tiny.py": b"import json, (", "data.json": b"{}"})
    assert broken.imported == frozenset()


def test_so_does_the_code_that_checks_import(
    tiny_bundle: Callable[..., AssignmentBundle], packages: Path
) -> None:
    bundle = tiny_bundle(CHECKS)
    (packages / "ours").mkdir()
    (packages / "ours" / "__init__.py").write_text("")
    (packages / "theirs.py").write_text("thing = 1")

    def now() -> dict[str, str]:
        inputs._digest_of_package.cache_clear()
        return dict(surroundings(bundle))

    before = now()
    assert {name for name in before if name.startswith("code")} == {
        "code",
        "code of ours",
        "code of theirs",
    }
    (packages / "ours" / "notes.txt").write_text("not code")
    assert now() == before
    (packages / "ours" / "part.py").write_text("one = 1")
    (packages / "theirs.py").write_text("thing = 2")
    changed = {name for name, what in now().items() if what != before[name]}
    assert changed == {"code of ours", "code of theirs"}
