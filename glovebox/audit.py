"""Grades the grader: every specimen of a course against the verdict it declares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from glovebox.assignment import AssignmentBundle, list_assignments
from glovebox.batch import BaseGrader
from glovebox.grade import Graded, GradeJob
from glovebox.ledger import Ledger
from glovebox.mutants import load_mutants, sample
from glovebox.specimens import (
    Specimen,
    SpecimenError,
    job_for,
    load_specimens,
    problems_of,
    reference,
    untouched,
)
from glovebox.verdict import NotebookVerdict, not_passed


@dataclass(frozen=True)
class Finding:
    """How one specimen was graded, and what is wrong with that (nothing, if all is well)."""

    specimen: Specimen
    verdict: NotebookVerdict | None
    problems: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The finding as plain values for ``glovebox audit --json``."""
        specimen, verdict = self.specimen, self.verdict
        return {
            "specimen": specimen.name,
            "about": specimen.about,
            "expected": sorted(specimen.loses) if specimen.loses is not None else None,
            "actual": sorted(not_passed(verdict.checks)) if verdict else None,
            "points": verdict.points if verdict else None,
            "max_points": verdict.max_points if verdict else None,
            "seed": verdict.seed if verdict else None,
            "problems": list(self.problems),
        }


def collect(
    course_root: Path,
    assignment: str | None = None,
    match: str = "",
    mutants: int | None = 0,
    seed: int = 0,
) -> list[tuple[Specimen, AssignmentBundle]]:
    """The specimens to be graded, each with the assignment it belongs to.

    Args:
        course_root: the course folder.
        assignment: only this one; all of them otherwise.
        match: only specimens whose name contains this text.
        mutants: so many mutants of each reference solution besides; None for all of them.
        seed: which mutants, when not all.

    Raises:
        AssignmentError: there is no such assignment.
        SpecimenError: a specimen file cannot be used, or none is left.
    """
    names = [assignment] if assignment else list_assignments(course_root)
    pairs: list[tuple[Specimen, AssignmentBundle]] = []
    for name in names:
        bundle = AssignmentBundle.load_first(course_root, name)
        specimens = [reference(name), untouched(bundle), *load_specimens(course_root, name)]
        if mutants != 0:
            every = load_mutants(course_root, bundle)
            specimens += every if mutants is None else sample(every, mutants, seed)
        pairs += [(specimen, bundle) for specimen in specimens if match in specimen.name]
    if not pairs:
        raise SpecimenError(f"No specimen's name contains {match!r}; see tests/specimens.")
    return pairs


def rehearse(
    pairs: list[tuple[Specimen, AssignmentBundle]], grader: BaseGrader, sandbox: bool = True
) -> None:
    """Make sure that the specimens can be graded at all.

    Raises:
        UserError: they cannot, and why.
    """
    for bundle in {bundle.notebook: bundle for _, bundle in pairs}.values():
        grader.rehearse(GradeJob(bundle.notebook, None, (), bundle, sandbox=sandbox))


def audit(
    pairs: list[tuple[Specimen, AssignmentBundle]],
    grader: BaseGrader,
    seed: int | None = None,
    sandbox: bool = True,
    ledger: Ledger | None = None,
) -> Iterator[Finding]:
    """Grade the specimens and say of each, as it is done, whether its verdict is the right one.

    What stands in the ledger is not graded again, and what is graded comes to stand there.
    """
    known: list[Finding] = []

    def jobs() -> Iterator[tuple[Specimen, GradeJob]]:
        for specimen, bundle in pairs:
            job = job_for(specimen, bundle, seed, sandbox)
            verdict = ledger.get(job) if ledger else None
            if verdict is None:
                yield specimen, job
            else:
                known.append(Finding(specimen, verdict, tuple(specimen.judge(verdict))))

    for specimen, graded in grader.grade_all(jobs()):
        verdict = graded.verdict if isinstance(graded, Graded) else None
        if ledger and verdict is not None:
            ledger.add(verdict)
        yield Finding(specimen, verdict, tuple(problems_of(specimen, graded)))
    yield from known


def of_several(findings: Iterable[Finding]) -> list[Finding]:
    """One finding for each specimen that was graded several times: one with problems, if there is.

    Its problems say how often there were any.
    """
    of_each: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        of_each[finding.specimen.name].append(finding)
    found = []
    for each in of_each.values():
        wrong = [finding for finding in each if finding.problems]
        often = f"{len(wrong)} of {len(each)} times"
        problems = [f"{often}: {problem}" for problem in wrong[0].problems] if wrong else []
        found.append(replace((wrong or each)[0], problems=tuple(problems)))
    return found
