"""Rebuilds a submission: our pristine notebook with the student's answers and own cells in it.

From the submission come only the source of the answer cells and the student's own cells. Order,
locked cells, labels, points, kernel and cell ids are ours. Nothing about a submission is fatal, and
everything unusual is reported.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass

from nbformat import NotebookNode

from glovebox.match import (
    Matched,
    Ours,
    grade_id_of,
    is_blank_or_stub,
    match,
    ours_of,
    squeeze,
)
from glovebox.parse import node
from glovebox.placement import BEFORE_ALL, after, before, find_answers, place, text_beside
from glovebox.pristine import pristine
from glovebox.tampering import changed_kernel, changed_labels
from glovebox.verdict import Oddity

__all__ = ["MAX_SOURCE", "Rebuilt", "pristine", "rebuild"]

MAX_SOURCE = 1_000_000
"""Characters of one cell's source; longer ones are left out."""


@dataclass(frozen=True)
class Rebuilt:
    """The notebook to be run, what was odd about the submission, and what was left unanswered."""

    notebook: NotebookNode
    oddities: tuple[Oddity, ...] = ()
    unanswered: frozenset[str] = frozenset()
    """``grade_id`` of the answer cells left as they were released, or missing."""


def rebuild(pristine: NotebookNode, submitted: NotebookNode | None) -> Rebuilt:
    """Put the student's work into the pristine notebook; never raises.

    Args:
        pristine: our notebook in its released form, see :func:`glovebox.pristine.pristine`.
        submitted: as :func:`glovebox.parse.parse_notebook` gives it; None when nothing readable
            was handed in (the reason is reported by who read it).
    """
    if submitted is None:
        answers = frozenset(our.grade_id for our in ours_of(pristine) if our.is_answer)
        return Rebuilt(copy.deepcopy(pristine), (), answers)
    return _Rebuild(pristine, submitted).result()


class _Rebuild:
    """One rebuilding, and the oddities found on the way."""

    def __init__(self, pristine: NotebookNode, submitted: NotebookNode) -> None:
        self.pristine = pristine
        self.submitted = submitted
        self.ours = ours_of(pristine)
        self.cells: list[NotebookNode] = submitted.cells
        self.oddities: list[Oddity] = []
        self.unanswered: set[str] = set()
        self._too_long: set[str] = set()
        self._leave_out_long_cells()
        self.matched = match(self.ours, self.cells)
        self.slots = place(self.ours, self.cells, self.matched)
        find_answers(self.ours, self.cells, self.matched, self.slots)

    def result(self) -> Rebuilt:
        self.oddities += changed_kernel(self.pristine, self.submitted)
        self._report_order()
        rebuilt = [self._rebuilt(our, self.matched[our.index]) for our in self.ours]
        self._report_missing()
        cells = self._own(BEFORE_ALL)
        for index, cell in enumerate(rebuilt):
            cells += [*self._own(before(index)), cell, *self._own(after(index))]
        number = 0
        for cell in cells:
            if not cell["id"]:
                number += 1
                cell["id"] = f"own-{number}"
        metadata = copy.deepcopy(self.pristine.metadata)
        notebook = node(nbformat=4, nbformat_minor=5, metadata=metadata, cells=cells)
        return Rebuilt(notebook, tuple(self.oddities), frozenset(self.unanswered))

    def _own(self, slot: int) -> list[NotebookNode]:
        return [_own(self.cells[position]) for position in self.slots.get(slot, ())]

    def _leave_out_long_cells(self) -> None:
        kept = []
        for cell in self.cells:
            if len(cell.source) <= MAX_SOURCE:
                kept.append(cell)
                continue
            grade_id = grade_id_of(cell)
            self._too_long.add(grade_id)
            what = f'cell "{grade_id}"' if grade_id else "a cell"
            self._report(
                "too-long",
                f"{what} holds {len(cell.source):,} characters; it was left out.",
                review=True,
            )
        self.cells = kept

    def _rebuilt(self, our: Ours, found: Matched) -> NotebookNode:
        cell: NotebookNode = copy.deepcopy(our.cell)
        if found.taken is not None:
            state = "is missing" if found.chosen is None else "was left as released"
            cell["source"] = self.cells[found.taken].source
            self._report(
                "answer-elsewhere",
                f"{our.title} {state}; the student's definition in another cell was graded in "
                "its place.",
            )
            return cell
        if found.chosen is None:
            if our.is_answer:
                self._report_unanswered(our, found, missing=True)
            return cell
        submitted = self.cells[found.chosen]
        if found.recognised:
            self._report(
                "recognised", f"{our.title} had lost its label; it was recognised by its content."
            )
        else:
            self.oddities += changed_labels(our, submitted)
        self._report_copies(our, found)
        if our.is_answer:
            self._answer(our, found, submitted, cell)
        else:
            self._report_change(our, found.chosen)
        return cell

    def _answer(
        self, our: Ours, found: Matched, submitted: NotebookNode, cell: NotebookNode
    ) -> None:
        cell["source"] = submitted.source
        if our.is_written and "attachments" in submitted:
            cell["attachments"] = copy.deepcopy(submitted.attachments)
        if is_blank_or_stub(our, submitted.source):
            self._report_unanswered(our, found, missing=False)
        elif submitted.cell_type != cell.cell_type:
            self._report(
                "cell-type",
                f"{our.title} was turned into a {submitted.cell_type} cell; "
                f"it was graded as {cell.cell_type}.",
            )

    def _report_change(self, our: Ours, position: int) -> None:
        """Report a locked cell that is not as it was released; white space does not matter."""
        submitted = self.cells[position]
        changed = squeeze(submitted.source) != squeeze(our.cell.source)
        if changed or submitted.cell_type != our.cell.cell_type:
            is_kept = any(position in positions for positions in self.slots.values())
            kept = " The student's version was kept beside it." if is_kept else ""
            self._report("edited", f"{our.title} was changed; ours was used.{kept}")

    def _report_copies(self, our: Ours, found: Matched) -> None:
        if len(found.copies) < 2 or found.recognised:
            return
        times = "twice" if len(found.copies) == 2 else f"{len(found.copies)} times"
        if not found.earlier:
            outcome = "the copies that add nothing were dropped."
        elif our.is_answer:
            outcome = "its different versions were all run, in their order, and the last counts."
        else:
            outcome = "ours was used, and the changed copies were kept as the student's own cells."
        self._report("duplicate", f"{our.title} appears {times}; {outcome}")

    def _report_unanswered(self, our: Ours, found: Matched, *, missing: bool) -> None:
        """Record an empty answer, unless the student plainly answered beside it."""
        state = "is missing" if missing else "was left as released"
        if our.is_written and text_beside(our, self.cells, self.slots):
            self._report(
                "answer-elsewhere",
                f"{our.title} {state}; the student's text beside it is kept for marking by hand.",
            )
        elif found.answered_below:
            self._report(
                "answer-elsewhere",
                f"{our.title} {state}; the student's definition in another cell was graded.",
            )
        else:
            self.unanswered.add(our.grade_id)
            if missing and our.grade_id not in self._too_long:
                self._report(
                    "missing-answer",
                    f"{our.title} is missing; it was graded as empty. "
                    "Restore it from the released notebook.",
                )

    def _report_order(self) -> None:
        order = [found.chosen or 0 for found in self.matched if found.in_place]
        if order != sorted(order):
            self._report("reordered", "our cells were re-ordered; they were run in our order.")

    def _report_missing(self) -> None:
        missing = [
            our
            for our, found in zip(self.ours, self.matched, strict=True)
            if found.chosen is None
            and our.grade_id
            and not our.is_answer
            and our.grade_id not in self._too_long
        ]
        if missing:
            names = [f'"{our.grade_id}"' for our in missing]
            shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if names[3:] else "")
            what, back = f"{len(names)} locked cells", "ours were put back"
            if len(names) == 1:
                what, back = "the locked cell", "ours was put back"
            self._report("missing-cell", f"{what} {shown} went missing; {back}.")

    def _report(self, kind: str, message: str, *, review: bool = False) -> None:
        self.oddities.append(Oddity(kind, message, review))


def _own(cell: NotebookNode) -> NotebookNode:
    """A student's own cell with nothing but its type, source and pictures."""
    own = node(cell_type=cell.cell_type, id="", metadata=node(), source=cell.source)
    if cell.cell_type == "code":
        own["outputs"], own["execution_count"] = [], None
    elif "attachments" in cell:
        own["attachments"] = copy.deepcopy(cell.attachments)
    return own
