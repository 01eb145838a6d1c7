"""Mutants: the reference solutions, each with one small mistake that the checks must notice.

Mutation testing after DeMillo, Lipton and Sayward (Hints on Test Data Selection, Computer 11(4),
1978): a check that lets a changed program pass does not look at what was changed. The operators are
the usual ones (Offutt et al., An Experimental Determination of Sufficient Mutant Operators, ACM
TOSEM 5(2), 1996), and a few slips that learners of this course make.

A survivor that does what the reference does is listed, with the reason why, in
``tests/specimens/equivalent.toml``; any other is a defect of the checks.
"""

from __future__ import annotations

import ast
import random
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import nbformat

from glovebox.assignment import AssignmentBundle
from glovebox.mutate import mutations
from glovebox.specimens import MUTANT, SPECIMENS, Specimen, SpecimenError

EQUIVALENT = SPECIMENS / "equivalent.toml"
_SOLUTION = re.compile(r"### BEGIN SOLUTION\n.*?### END SOLUTION", re.DOTALL)


def load_mutants(course_root: Path, bundle: AssignmentBundle) -> list[Specimen]:
    """All mutants of the reference solution of one notebook, in the order of its cells.

    Each is a specimen of the kind ``mutant``, named by its cell, the changed line within it and
    the change.

    Raises:
        SpecimenError: the list of equivalent mutants is unreadable, or names one that there is not.
    """
    mutants = [
        mutant
        for grade_id, source in _solutions(bundle)
        for mutant in _mutants_of(bundle.name, grade_id, source)
    ]
    return list(_excused(mutants, course_root, bundle.name))


def sample(mutants: list[Specimen], size: int, seed: int) -> list[Specimen]:
    """Some of the mutants, in their order; another seed gives others."""
    chosen = random.Random(seed).sample(range(len(mutants)), min(size, len(mutants)))
    return [mutants[number] for number in sorted(chosen)]


def _solutions(bundle: AssignmentBundle) -> Iterator[tuple[str, str]]:
    """The code cells that learners write: their ``grade_id`` and the reference's source."""
    for cell in nbformat.reads(bundle.source.decode(), as_version=4).cells:
        if cell.cell_type == "code" and _SOLUTION.search(cell.source):
            yield cell.metadata["nbgrader"]["grade_id"], cell.source


def _mutants_of(assignment: str, grade_id: str, source: str) -> Iterator[Specimen]:
    original = ast.unparse(ast.parse(source))
    known, named = {original}, Counter[str]()
    for line, change, tree in mutations(source):
        changed = ast.unparse(tree)
        if changed in known:
            continue
        known.add(changed)
        name = f"{grade_id}:{line} {change}"
        named[name] += 1
        slug = name if named[name] == 1 else f"{name} ({named[name]})"
        yield Specimen(MUTANT, assignment, slug, change, {grade_id: changed}, loses=None)


def _excused(mutants: list[Specimen], course_root: Path, assignment: str) -> Iterator[Specimen]:
    """The mutants, those that are listed as equivalent with the reason."""
    path = course_root / EQUIVALENT
    try:
        listed = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        reasons = {
            text: str(group["reason"])
            for group in listed.get(assignment, [])
            for text in group["mutants"]
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SpecimenError(f"{EQUIVALENT}: cannot be used: {error!r}.") from error
    for text in reasons:
        if not any(text in mutant.slug for mutant in mutants):
            raise SpecimenError(
                f"{EQUIVALENT}: no mutant of {assignment} has {text!r} in its name."
            )
    for mutant in mutants:
        reason = next((reasons[text] for text in reasons if text in mutant.slug), "")
        yield replace(mutant, equivalent=reason)
