"""Reads one notebook of a submission folder, following no link and trusting nothing in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from glovebox import plainfiles
from glovebox.parse import parse_notebook, printable
from glovebox.verdict import Oddity

__all__ = ["MAX_BYTES", "SubmittedNotebook", "parse_notebook", "read_submission"]

MAX_BYTES = 50_000_000


@dataclass(frozen=True)
class SubmittedNotebook:
    """The bytes handed in for one notebook; None when there are none to be graded."""

    notebook: str
    content: bytes | None
    oddities: tuple[Oddity, ...] = ()


def read_submission(
    folder: Path, notebook: str, known_ids: frozenset[str], *, max_bytes: int = MAX_BYTES
) -> SubmittedNotebook:
    """Read ``<notebook>.ipynb`` from ``folder``, or the file that was handed in for it.

    Only plain files are read. When the notebook is missing (or is a link, a folder, a device, or
    holds none of our cells), another notebook in the folder that does hold them is taken: the one
    with most of ``known_ids``, the last by name among equals. Never raises.

    Args:
        folder: ``submitted/<student>/<assignment>``.
        notebook: name of the notebook, without ``.ipynb``.
        known_ids: the ``grade_id`` of every cell of our notebook.
        max_bytes: larger files are not read.
    """
    try:
        with plainfiles.opened(folder) as root:
            return _choose(root, notebook, known_ids, max_bytes)
    except OSError as error:
        link = " or is a link" if folder.is_symlink() else ""
        reason = f"the submission folder cannot be read ({error.strerror}{link})"
        return SubmittedNotebook(notebook, None, (_not_graded(reason),))


def _choose(
    root: int, notebook: str, known_ids: frozenset[str], max_bytes: int
) -> SubmittedNotebook:
    expected = f"{notebook}.ipynb"
    content, problem = plainfiles.read(root, expected, max_bytes)
    if content is not None and _known_cells(content, known_ids):
        return SubmittedNotebook(notebook, content, _others(root, expected, known_ids, max_bytes))

    candidates = []
    for path in _notebooks(root):
        if path == expected:
            continue
        other, _ = plainfiles.read(root, path, max_bytes)
        if other is not None:
            candidates.append((_known_cells(other, known_ids), path, other))
    known = [candidate for candidate in candidates if candidate[0]]
    if known:
        _, path, other = max(known, key=lambda candidate: candidate[:2])
        if content is not None:
            problem = f'"{expected}" holds none of our cells'
        return SubmittedNotebook(notebook, other, (_renamed(problem, path, len(known)),))
    if content is not None:
        return SubmittedNotebook(notebook, content)
    if len(candidates) == 1 and problem.endswith("is missing"):
        # A lone notebook without our labels: some sites strip them. Rebuilding may recognise it.
        _, path, other = candidates[0]
        return SubmittedNotebook(notebook, other, (_renamed(problem, path, 1, review=True),))
    return SubmittedNotebook(notebook, None, (_not_graded(problem),))


def _others(
    root: int, expected: str, known_ids: frozenset[str], max_bytes: int
) -> tuple[Oddity, ...]:
    """Report further notebooks with our cells: a student may have worked in a copy."""
    oddities = []
    for path in _notebooks(root):
        if path != expected:
            content, _ = plainfiles.read(root, path, max_bytes)
            if content is not None and _known_cells(content, known_ids):
                name = printable(path)
                oddities.append(
                    Oddity(
                        "other-notebook",
                        f'"{name}" holds our cells too; only "{expected}" was graded.',
                    )
                )
    return tuple(oddities)


def _notebooks(root: int) -> list[str]:
    """Paths in the folder, sorted, that look like notebooks ("x.ipynb", "x (1).ipynb.txt")."""
    return sorted(path for path in plainfiles.walk(root) if ".ipynb" in path.lower())


def _known_cells(content: bytes, known_ids: frozenset[str]) -> int:
    """How many of our cells a notebook holds."""
    notebook, _ = parse_notebook(content)
    if notebook is None:
        return 0
    return len(
        known_ids & {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells}
    )


def _renamed(problem: str, path: str, candidates: int, *, review: bool = False) -> Oddity:
    among = f", the best match of {candidates}," if candidates > 1 else ""
    return Oddity(
        "renamed",
        f'{problem}; "{printable(path)}"{among} was graded in its place.',
        review=review or candidates > 1,
    )


def _not_graded(reason: str) -> Oddity:
    return Oddity("missing-notebook", f"{reason}; every answer was graded as empty.", review=True)
