"""Places the student's own cells between ours, and finds answers that stand among them.

A slot is a place in the rebuilt notebook: ``BEFORE_ALL``, or just before or after one of our cells.
Slots are numbers, in the order in which their cells are run.
"""

from __future__ import annotations

from collections.abc import Sequence

from nbformat import NotebookNode

from glovebox.match import Matched, Ours, adds, definitions, definitions_of, is_blank_or_stub

BEFORE_ALL = -1
Slots = dict[int, list[int]]
"""Positions in the submission of the own cells in each slot."""


def before(index: int) -> int:
    """The slot just before our cell ``index``."""
    return 3 * index


def after(index: int) -> int:
    """The slot just after our cell ``index``."""
    return 3 * index + 2


def place(ours: Sequence[Ours], cells: Sequence[NotebookNode], matched: list[Matched]) -> Slots:
    """Anchor each own cell after our cell that preceded it in the submission."""
    chosen = {found.chosen: our for our, found in zip(ours, matched, strict=True)}
    kept = {position: our for our in ours for position in matched[our.index].earlier}
    copies = {position for found in matched for position in found.copies}
    slots: Slots = {}
    anchor, anchored = BEFORE_ALL, -1
    for position, cell in enumerate(cells):
        if position in chosen:
            our = chosen[position]
            if not our.is_answer and adds(our, cell):
                # Code goes before ours, which thus has the last word; text reads on after it.
                slot = before(our.index) if cell.cell_type == "code" else after(our.index)
                slots.setdefault(slot, []).append(position)
            # A copy found far behind its place says nothing about what stands around it.
            if our.index > anchored or matched[our.index].in_place:
                anchor, anchored = after(our.index), our.index
        elif position in kept and kept[position].is_answer:
            our = kept[position]
            slots.setdefault(before(our.index), []).append(position)
            if our.index > anchored:
                # A split answer: what stands between its parts stays between them.
                anchor = before(our.index)
        elif (position in kept or position not in copies) and cell.source.strip():
            slots.setdefault(anchor, []).append(position)
    return slots


def find_answers(
    ours: Sequence[Ours], cells: Sequence[NotebookNode], matched: list[Matched], slots: Slots
) -> None:
    """Find the answers given in own cells while the answer cell is missing or untouched.

    One that runs between the answer cell and its test stays there. Any other is moved to the
    answer's place, or what was released there would be run after it or be tested before it.
    """
    tests = [before(our.index) + 1 for our in ours if our.is_test]
    for our in ours:
        found, wanted = matched[our.index], definitions(our.cell.source)
        if not our.is_answer or our.is_written or not wanted:
            continue
        if found.chosen is not None and not is_blank_or_stub(our, cells[found.chosen].source):
            continue
        candidates = [
            (position, slot)
            for slot, positions in slots.items()
            for position in positions
            if wanted <= definitions_of(cells[position])
        ]
        here = before(our.index) + 1
        if any(
            here < slot and not any(here < test < slot for test in tests) for _, slot in candidates
        ):
            found.answered_below = True
        elif candidates:
            found.taken, slot = max(candidates)
            slots[slot].remove(found.taken)


def text_beside(our: Ours, cells: Sequence[NotebookNode], slots: Slots) -> bool:
    """Whether the student's own text stands directly before or after one of our cells."""
    previous = after(our.index - 1) if our.index else BEFORE_ALL
    near = (previous, before(our.index), after(our.index))
    return any(cells[p].cell_type != "code" for slot in near for p in slots.get(slot, ()))
