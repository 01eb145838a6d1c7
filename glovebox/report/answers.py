"""Takes from submitted notebooks what the students wrote in the answer cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from nbformat import NotebookNode

from glovebox.match import (
    Matched,
    Ours,
    definitions,
    definitions_of,
    is_blank_or_stub,
    match,
    ours_of,
)
from glovebox.placement import Slots, find_answers, place
from glovebox.rebuild import MAX_SOURCE
from glovebox.submission import parse_notebook, read_submission

Answers = Mapping[str, str]
"""By ``grade_id`` of the answer cell: the source that stands for it."""


class AnswerReader:
    """Reads submissions of one notebook.

    Args:
        pristine: our notebook in its released form, see :func:`glovebox.pristine.pristine`.
        notebook: its name.
    """

    def __init__(self, pristine: NotebookNode, notebook: str) -> None:
        self._ours = ours_of(pristine)
        self._notebook = notebook
        self._known = frozenset(our.grade_id for our in self._ours if our.grade_id)
        self.written = frozenset(our.grade_id for our in self._ours if our.is_written)
        """The answers that are text and no code."""

    def read(self, folder: Path) -> Answers:
        """The answers in ``submitted/<student>/<assignment>`` that differ from what was released.

        They are found as grading finds them, whatever their places, numbers and labels. Nothing
        about a submission is fatal; one that cannot be read holds no answers.
        """
        content = read_submission(folder, self._notebook, self._known).content
        submitted = None if content is None else parse_notebook(content)[0]
        if submitted is None:
            return {}
        cells = [cell for cell in submitted.cells if len(cell.source) <= MAX_SOURCE]
        matched = match(self._ours, cells)
        slots = place(self._ours, cells, matched)
        find_answers(self._ours, cells, matched, slots)
        found = {}
        for our, one in zip(self._ours, matched, strict=True):
            source = _source(our, one, cells, slots) if our.is_answer else ""
            if not is_blank_or_stub(our, source):
                found[our.grade_id] = source
        return found


def _source(our: Ours, found: Matched, cells: Sequence[NotebookNode], slots: Slots) -> str:
    if found.taken is not None:
        return str(cells[found.taken].source)
    if found.answered_below:
        wanted = definitions(our.cell.source)
        own = sorted(position for positions in slots.values() for position in positions)
        return "\n".join(cells[p].source for p in own if wanted <= definitions_of(cells[p]))
    return "" if found.chosen is None else str(cells[found.chosen].source)
