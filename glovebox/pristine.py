"""Makes the released form of an instructor's notebook: solutions, hidden parts and outputs out."""

from __future__ import annotations

import copy
import re
from typing import Any

import nbformat
from nbformat import NotebookNode
from traitlets.config import Config

from glovebox.assignment import AssignmentError
from glovebox.stub import CODE_STUB

_STUB = re.compile(
    r"^([ \t]*)" + r"\n\1".join(map(re.escape, CODE_STUB.split("\n"))) + "$", re.MULTILINE
)
"""The stub, indented as it may be."""


def pristine(source_notebook: bytes, name: str = "the source notebook") -> NotebookNode:
    """The notebook as ``nbgrader generate_assignment`` releases it, made by nbgrader's own steps.

    Args:
        source_notebook: the instructor's notebook (JSON).
        name: what to call it in an error message.

    Returns:
        nbformat 4.5, every cell with a stable id.

    Raises:
        AssignmentError: it is no notebook, or its solution marks do not pair up.
    """
    # nbgrader's import takes a second; who only reads verdicts should not wait for it.
    from nbgrader.preprocessors import (
        CheckCellMetadata,
        ClearHiddenTests,
        ClearMarkScheme,
        ClearOutput,
        ClearSolutions,
        ComputeChecksums,
        LockCells,
    )

    config = Config({"ClearSolutions": {"code_stub": {"python": CODE_STUB}}})
    steps = (
        LockCells,
        ClearSolutions,
        ClearOutput,
        ClearHiddenTests,
        ClearMarkScheme,
        ComputeChecksums,
        CheckCellMetadata,
    )
    try:
        notebook: NotebookNode = nbformat.reads(source_notebook.decode("utf-8"), as_version=4)
        resources: dict[str, Any] = {}
        for step in steps:
            notebook, resources = step(config=config).preprocess(notebook, resources)
    except Exception as error:
        raise AssignmentError(f"{name} cannot be released: {error}") from error
    give_ids(notebook)
    return notebook


def unsolved(source_notebook: bytes, name: str = "the source notebook") -> bytes:
    """An instructor's notebook (JSON) without its solutions, of which the same is released.

    Args:
        source_notebook: the instructor's notebook (JSON).
        name: what to call it in an error message.

    Raises:
        AssignmentError: as :func:`pristine`, or it comes out differently.
    """
    released = pristine(source_notebook, name)
    notebook = copy.deepcopy(released)
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = _STUB.sub(r"\1### BEGIN SOLUTION\n\1### END SOLUTION", cell.source)
    content = str(nbformat.writes(notebook)).encode()
    if pristine(content, name) != released:
        raise AssignmentError(f"{name}: without its solutions, it would be released differently.")
    return content


def give_ids(notebook: NotebookNode) -> None:
    """Cell ids for a notebook older than nbformat 4.5; the same ones every time."""
    notebook["nbformat"], notebook["nbformat_minor"] = 4, 5
    for index, cell in enumerate(notebook.cells):
        if "id" not in cell:
            label = cell.metadata.get("nbgrader", {}).get("grade_id", "")
            cell["id"] = re.sub(r"[^\w-]", "-", f"{index}-{label}", flags=re.ASCII)[:64]
