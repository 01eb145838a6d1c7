"""Specimens: submissions whose verdict is known beforehand, which prove the checks both ways.

A specimen is a small Python file ``tests/specimens/<kind>/<assignment>__<slug>.py``. Its docstring
says what the learner did; ``CELLS`` maps the ``grade_id`` of answer cells to other sources, and
everything else is the reference solution. What the verdict must be is declared beside it:

* ``LOSES``: exactly these checks do not pass (none, unless given);
* ``MAX_POINTS``: a hostile specimen earns no more than this, its honest work's worth;
* ``ODDITIES``: these kinds of oddity are reported, at least;
* ``REVIEW``: whether a person is asked to look.

A hostile specimen says besides which attacks it tries, as ``ITEMS``, their numbers in the list of
docs/security.md (1 to 25), and what its attack comes to grief on, as ``STOPPED_BY``.

``LIMITS`` sets fields of :class:`glovebox.limits.Limits`, so that one that hangs hangs briefly.
Without them a specimen has three times the usual time: what its answers are worth is no matter of
how busy the machine is on which they are audited.

``EXTRA`` adds own cells as ``("before" | "after", grade_id, source)``, and ``edit(notebook)`` may
damage the notebook at will, returning it, or the bytes to be handed in instead.
"""

from __future__ import annotations

import copy
import dataclasses
import re
import runpy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import shorten
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from glovebox.assignment import AssignmentBundle
from glovebox.errors import UserError
from glovebox.grade import Graded, GradeJob
from glovebox.limits import Limits
from glovebox.pristine import pristine
from glovebox.verdict import NotebookVerdict, not_passed

SPECIMENS = Path("tests") / "specimens"
_USUAL = Limits()
_PATIENT = dataclasses.replace(
    _USUAL, cell=3 * _USUAL.cell, notebook=3 * _USUAL.notebook, call=3 * _USUAL.call
)
# Students have no use for these lines of the source notebook.
_SOLUTION_MARK = re.compile(r"^ *### (BEGIN|END) SOLUTION\n?", re.MULTILINE)
KINDS = ("correct", "wrong", "hostile", "broken")
MUTANT = "mutant"
"""The kind of :mod:`glovebox.mutants`, which are made and not written."""
ATTACKS = range(1, 26)
"""Numbers of the attacks in docs/security.md."""
_SAID = 200
"""Characters of a check's message that a report on a wrong mark quotes."""


class SpecimenError(UserError):
    """A specimen file that cannot be used."""


@dataclass(frozen=True)
class Specimen:
    """One submission and the verdict it must get.

    ``equivalent`` says of a mutant why it is no mistake, and must earn everything.
    """

    kind: str
    assignment: str
    slug: str
    about: str
    cells: Mapping[str, str]
    loses: frozenset[str] | None = frozenset()
    max_points: float | None = None
    oddities: frozenset[str] = frozenset()
    review: bool | None = None
    extra: tuple[tuple[str, str, str], ...] = ()
    edit: Callable[[NotebookNode], Any] | None = None
    limits: Limits = field(default_factory=Limits)
    items: tuple[int, ...] = ()
    stopped_by: str = ""
    equivalent: str = ""

    @property
    def name(self) -> str:
        """``<kind>/<assignment>__<slug>``."""
        return f"{self.kind}/{self.assignment}__{self.slug}"

    def submission(self, source: bytes) -> bytes:
        """The notebook that this specimen's learner hands in.

        Raises:
            SpecimenError: it names a cell that the source notebook does not have.
        """
        notebook = nbformat.reads(source.decode(), as_version=4)
        places = {
            cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in notebook.cells
        }
        named = {*self.cells, *(cell for _, cell, _ in self.extra)}
        if unknown := sorted(named - set(places)):
            raise SpecimenError(f"{self.name}: the notebook has no cell {unknown[0]!r}.")
        for grade_id, text in self.cells.items():
            places[grade_id].source = text.strip("\n")
        for where, grade_id, text in self.extra:
            index = notebook.cells.index(places[grade_id]) + (where == "after")
            notebook.cells.insert(index, new_code_cell(text.strip("\n")))
        handed_in = self.edit(notebook) if self.edit is not None else notebook
        if isinstance(handed_in, bytes):
            return handed_in
        if handed_in is not None:
            notebook = handed_in
        for cell in notebook.cells:
            cell.source = _SOLUTION_MARK.sub("", cell.source)
        return str(nbformat.writes(notebook)).encode()

    def judge(self, verdict: NotebookVerdict) -> list[str]:
        """What is wrong with a verdict on this specimen; nothing, if the grader is right."""
        problems = []
        if self.kind == MUTANT:
            survived = verdict.points == verdict.max_points
            if survived and not self.equivalent:
                problems.append("survived")
            if self.equivalent and not survived:
                problems.append("is said to be equivalent, but was killed")
        lost = not_passed(verdict.checks)
        if self.loses is not None:
            said = {one.check: shorten(one.message, _SAID) for one in verdict.checks}
            problems += [f"lost {check}: {said[check]}" for check in sorted(lost - self.loses)]
            problems += [f"kept {check}" for check in sorted(self.loses - lost)]
        if self.max_points is not None and verdict.points > self.max_points:
            problems.append(f"earned {verdict.points:g}, its worth is {self.max_points:g}")
        if self.kind == "correct" and verdict.points != verdict.max_points:
            problems.append(f"earned {verdict.points:g} of {verdict.max_points:g}")
        missing = self.oddities - {oddity.kind for oddity in verdict.oddities}
        problems += [f"did not report {kind}" for kind in sorted(missing)]
        if self.review is not None and verdict.needs_review is not self.review:
            problems.append("asks for a person" if verdict.needs_review else "asks for nobody")
        return problems


def load_specimens(course_root: Path, assignment: str | None = None) -> list[Specimen]:
    """All specimens of a course, with the reference and the untouched release of each assignment.

    Raises:
        SpecimenError: a file does not declare what it must.
    """
    found = [
        _load(path, kind)
        for kind in KINDS
        for path in sorted((course_root / SPECIMENS / kind).glob("*.py"))
    ]
    return [one for one in found if assignment in (None, one.assignment)]


def reference(assignment: str) -> Specimen:
    """The instructor's own solution: it must earn everything."""
    return Specimen(
        "correct", assignment, "reference", "The reference solution.", {}, limits=_PATIENT
    )


def untouched(bundle: AssignmentBundle) -> Specimen:
    """The notebook as released: it must earn nothing."""
    released = pristine(bundle.source, bundle.place)
    return Specimen(
        kind="wrong",
        assignment=bundle.name,
        slug="untouched",
        about="Nothing was written into the released notebook.",
        cells={},
        loses=None,
        max_points=0,
        edit=lambda _: copy.deepcopy(released),
    )


def job_for(
    specimen: Specimen, bundle: AssignmentBundle, seed: int | None = None, sandbox: bool = True
) -> GradeJob:
    """The grading of a specimen."""
    content = specimen.submission(bundle.source)
    mutated = next(iter(specimen.cells)) if specimen.kind == MUTANT else ""
    return GradeJob(bundle.notebook, content, (), bundle, seed, specimen.limits, sandbox, mutated)


def problems_of(specimen: Specimen, graded: Graded | Exception) -> list[str]:
    """What is wrong with how a specimen was graded."""
    return [str(graded)] if isinstance(graded, Exception) else specimen.judge(graded.verdict)


def _load(path: Path, kind: str) -> Specimen:
    assignment, separator, slug = path.stem.partition("__")
    try:
        fields = runpy.run_path(str(path))
    except Exception as error:
        raise SpecimenError(f"{path}: cannot be read: {type(error).__name__}: {error}") from error
    about = (fields.get("__doc__") or "").strip()
    if not separator or fields.get("ASSIGNMENT") != assignment or not about:
        raise SpecimenError(
            f"{path}: name it <assignment>__<slug>.py, give it that ASSIGNMENT and a docstring."
        )
    if kind == "wrong" and not fields.get("LOSES"):
        raise SpecimenError(f"{path}: a wrong specimen declares the checks it LOSES.")
    if kind == "hostile" and "MAX_POINTS" not in fields:
        raise SpecimenError(f"{path}: a hostile specimen declares its MAX_POINTS.")
    items, stopped_by = tuple(fields.get("ITEMS", ())), str(fields.get("STOPPED_BY", ""))
    if kind == "hostile" and not (items and stopped_by):
        raise SpecimenError(f"{path}: a hostile specimen declares its ITEMS and its STOPPED_BY.")
    if unknown := [item for item in items if item not in ATTACKS]:
        raise SpecimenError(f"{path}: ITEMS are numbers from 1 to 25, not {unknown[0]!r}.")
    default: frozenset[str] | None = None if kind == "hostile" else frozenset()
    return Specimen(
        kind=kind,
        assignment=assignment,
        slug=slug,
        about=about,
        cells=fields.get("CELLS", {}),
        loses=frozenset(fields["LOSES"]) if "LOSES" in fields else default,
        max_points=fields.get("MAX_POINTS"),
        oddities=frozenset(fields.get("ODDITIES", ())),
        review=fields.get("REVIEW"),
        extra=tuple(fields.get("EXTRA", ())),
        edit=fields.get("edit"),
        limits=dataclasses.replace(_PATIENT, **fields.get("LIMITS", {})),
        items=items,
        stopped_by=stopped_by,
    )
