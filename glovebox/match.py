"""Decides which cell of a submission stands for which cell of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from nbformat import NotebookNode

_DEFINITION = re.compile(r"^(?:async +)?(?:def|class)[ \t]+([^\s(:]+)", re.MULTILINE)


@dataclass(frozen=True)
class Ours:
    """One cell of the pristine notebook, and what it is for."""

    index: int
    cell: NotebookNode
    grade_id: str
    """Empty for a cell without an nbgrader label."""
    is_answer: bool
    is_test: bool

    @property
    def is_written(self) -> bool:
        """Whether the answer is text, marked by hand."""
        return self.is_answer and self.cell.cell_type != "code"

    @property
    def title(self) -> str:
        """The cell as messages name it."""
        kind = "answer cell" if self.is_answer else "test cell" if self.is_test else "cell"
        return f'{kind} "{self.grade_id or self.cell.id}"'


@dataclass
class Matched:
    """The copies of one of our cells in a submission, as positions there."""

    copies: list[int] = field(default_factory=list)
    chosen: int | None = None
    """The copy that stands for the cell."""
    earlier: list[int] = field(default_factory=list)
    """Other copies to be run, before the chosen one if it is an answer."""
    recognised: bool = False
    """Whether it carries none of our labels and was found by its content."""
    taken: int | None = None
    """A cell that was not this one but holds its answer, and is moved to its place."""
    answered_below: bool = False
    """Whether a cell that runs after this one gives the answer that this one does not."""

    @property
    def in_place(self) -> bool:
        """Whether its place in the submission is certain: one copy, found by its label."""
        return len(self.copies) == 1 and not self.recognised


def ours_of(pristine: NotebookNode) -> list[Ours]:
    """The cells of the pristine notebook with their purposes."""
    ours = []
    for index, cell in enumerate(pristine.cells):
        labels = cell.metadata.get("nbgrader", {})
        solution = bool(labels.get("solution"))
        ours.append(
            Ours(
                index,
                cell,
                grade_id=labels.get("grade_id", ""),
                is_answer=solution,
                is_test=bool(labels.get("grade")) and not solution,
            )
        )
    return ours


def match(ours: Sequence[Ours], cells: Sequence[NotebookNode]) -> list[Matched]:
    """For each of our cells, its copies among the submitted ``cells`` and the one that counts.

    A cell is ours by its ``grade_id``, compared exactly. Where a site has stripped the labels, it
    is ours by its nbformat id, by having our text, or, for an answer, by defining what the
    released cell defines.
    """
    by_id = {our.grade_id: our.index for our in ours if our.grade_id}
    owner = [by_id.get(grade_id_of(cell)) for cell in cells]
    matched = [Matched() for _ in ours]
    for position, index in enumerate(owner):
        if index is not None:
            matched[index].copies.append(position)
    _recognise_unlabelled(ours, cells, owner, matched)
    _recognise_definitions(ours, cells, owner, matched)
    for our in ours:
        _choose(our, cells, matched[our.index])
    return matched


def is_blank_or_stub(our: Ours, source: str) -> bool:
    """Whether an answer says nothing: it is empty, or differs from the released one in spaces."""
    return squeeze(source) in ("", squeeze(our.cell.source))


def squeeze(source: str) -> str:
    """``source`` without any white space, to compare what was left unchanged."""
    return "".join(source.split())


def grade_id_of(cell: NotebookNode) -> str:
    """The cell's nbgrader label, or ""."""
    return str(cell.metadata.get("nbgrader", {}).get("grade_id") or "")


def definitions(source: str) -> set[str]:
    """Names of the functions and classes that ``source`` defines at its top level.

    Found line by line, without parsing: the source may be anything, and a million lines long.
    """
    return set(_DEFINITION.findall(source))


def definitions_of(cell: NotebookNode) -> set[str]:
    """What a code cell defines; other cells define nothing."""
    return definitions(cell.source) if cell.cell_type == "code" else set()


def adds(our: Ours, cell: NotebookNode) -> bool:
    """Whether a changed locked cell holds the student's own work: names or lines ours has not.

    Later cells may rely on a definition there, and an answer may have been written there.
    """
    if cell.cell_type == "code":
        return bool(bindings(cell.source) - bindings(our.cell.source))
    return bool(_lines(cell.source) - _lines(our.cell.source))


def bindings(source: str) -> set[str]:
    """What ``source`` gives a name to at its top level: definitions, assignments, imports."""
    names = definitions(source)
    for line in source.split("\n"):
        if line.startswith(("import ", "from ")):
            names.add(squeeze(line))
        elif line[:1].isidentifier():
            head, _, tail = line.partition("=")
            if tail and not tail.startswith("="):
                targets = head.split(":")[0].split(",")
                names |= {name.strip() for name in targets if name.strip().isidentifier()}
    return names


def _lines(source: str) -> set[str]:
    return {squeezed for line in source.split("\n") if (squeezed := squeeze(line))}


def _recognise_unlabelled(
    ours: Sequence[Ours],
    cells: Sequence[NotebookNode],
    owner: list[int | None],
    matched: list[Matched],
) -> None:
    """Find our cells that no submitted label names, by nbformat id or by having our text."""
    by_cell_id: dict[str, int] = {}
    by_text: dict[str, int] = {}
    for position, cell in enumerate(cells):
        if owner[position] is None and squeeze(cell.source):
            by_cell_id.setdefault(cell.get("id", ""), position)
            by_text.setdefault(squeeze(cell.source), position)
    for our in ours:
        if matched[our.index].copies:
            continue
        for found in (by_cell_id.get(our.cell.id), by_text.get(squeeze(our.cell.source))):
            if found is not None and owner[found] is None:
                owner[found] = our.index
                matched[our.index].copies.append(found)
                matched[our.index].recognised = bool(our.grade_id)
                break


def _choose(our: Ours, cells: Sequence[NotebookNode], found: Matched) -> None:
    """Pick the copy that counts: of a locked cell the intact one, of an answer the last edited."""
    if not found.copies:
        return
    if not our.is_answer:
        text = squeeze(our.cell.source)
        intact = [p for p in found.copies if squeeze(cells[p].source) == text]
        found.chosen = (intact or found.copies)[0]
        changed = (p for p in found.copies if p != found.chosen and p not in intact)
        found.earlier = list(_last_of_each(changed, cells))
        return
    edited = [p for p in found.copies if not is_blank_or_stub(our, cells[p].source)]
    if not edited:
        found.chosen = found.copies[0]
        return
    *found.earlier, found.chosen = _last_of_each(edited, cells)


def _last_of_each(positions: Iterable[int], cells: Sequence[NotebookNode]) -> Iterable[int]:
    """One position for each different text, in the order of their last runs, which count."""
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for position in positions:
        text = _text(cells[position])
        first.setdefault(text, position)
        last[text] = position
    return [first[text] for text in sorted(last, key=last.__getitem__)]


def _text(cell: NotebookNode) -> str:
    """The source without differences that can mean nothing in code."""
    return "\n".join(line.rstrip() for line in cell.source.strip("\n").split("\n"))


def _recognise_definitions(
    ours: Sequence[Ours],
    cells: Sequence[NotebookNode],
    owner: list[int | None],
    matched: list[Matched],
) -> None:
    """Find missing answers among the unlabelled cells: the last that defines what ours defines."""
    for our in ours:
        wanted = definitions(our.cell.source)
        if matched[our.index].copies or not our.is_answer or not wanted:
            continue
        for position in reversed(range(len(cells))):
            if owner[position] is None and wanted <= definitions_of(cells[position]):
                owner[position] = our.index
                matched[our.index].copies.append(position)
                matched[our.index].recognised = True
                break
