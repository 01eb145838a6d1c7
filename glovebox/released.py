"""Keeps a copy of what was released in the released notebook itself, for the students' self-check.

The copy is what rebuilding a submission starts from (see :mod:`glovebox.rebuild`): each cell's
type, source, id and nbgrader labels, the kernel's and the language's name; besides, the name of the
notebook and of the files that lie beside it. It is written as a small notebook in JSON, compressed
with bzip2, in base64, in ``metadata.glovebox.released``. bzip2, because it packs text well and
gives the same bytes on every system, which zlib and its successors do not promise: ``release/`` is
kept in git.

Grading never reads it: a submission's metadata is left behind when it is parsed. And it is read as
what it is, something that a student's machine may have damaged or a stranger have made.
"""

from __future__ import annotations

import base64
import binascii
import bz2
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

import nbformat
from nbformat import NotebookNode

from glovebox.errors import UserError
from glovebox.parse import LABELS, parse_notebook
from glovebox.pristine import give_ids

MAX_BYTES = 10_000_000
"""Of a copy, unpacked. The largest notebook of a course is a hundredth of it."""
_GROUP, _FIELD = "glovebox", "released"


class ReleasedError(UserError):
    """There is a copy, and it cannot be read; the sentence says why and what to do."""


@dataclass(frozen=True)
class Released:
    """An assignment's notebook as students get it."""

    name: str
    """Of the notebook, without ``.ipynb``."""
    notebook: NotebookNode
    files: tuple[str, ...] | None = None
    """Relative names of the files that lie beside it; None where that is not known."""


def with_copy(text: str, name: str, files: Iterable[str]) -> str:
    """A released notebook (nbformat 4 JSON) with a copy of itself in its metadata.

    Equal notebooks get equal copies, byte for byte.

    Args:
        text: the notebook.
        name: its name, without ``.ipynb``.
        files: relative names of what lies beside it.
    """
    notebook = nbformat.reads(text, as_version=4)
    group = notebook.metadata.setdefault(_GROUP, NotebookNode())
    group[_FIELD] = _pack(notebook, name, sorted(files))
    return str(nbformat.writes(notebook)) + "\n"


def copy_in(content: bytes) -> Released | None:
    """What was released, by the copy in a notebook's metadata; None if it holds none.

    Raises:
        ReleasedError: the copy is damaged, or of a size that no notebook has.
    """
    try:
        packed = json.loads(content)["metadata"][_GROUP][_FIELD]
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    try:
        return _read(_unpack(packed))
    except (ValueError, LookupError, TypeError, OSError, EOFError, RecursionError) as error:
        raise ReleasedError(
            f"the copy of the released notebook in its metadata cannot be used ({error}); name the "
            "released notebook with --released FILE, or take your answers to a fresh one."
        ) from error


def released_file(content: bytes, name: str) -> Released:
    """What a released notebook's own file says; one of an older release holds no copy.

    Raises:
        ReleasedError: it is no notebook, or its copy cannot be used.
    """
    if (known := copy_in(content)) is not None:
        return known
    notebook, oddities = parse_notebook(content)
    if notebook is None:
        what = oddities[-1].message.partition(";")[0]
        raise ReleasedError(f"{what}; name the notebook that was released.")
    give_ids(notebook)
    return Released(name, notebook)


def _pack(notebook: NotebookNode, name: str, files: list[str]) -> str:
    about = {"name": name, "files": files}
    metadata = {key: notebook.metadata.get(key, {}) for key in ("kernelspec", "language_info")}
    content = {
        "cells": [_cell(cell) for cell in notebook.cells],
        "metadata": {**metadata, _GROUP: about},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return base64.b64encode(bz2.compress(text.encode())).decode()


def _cell(cell: NotebookNode) -> dict[str, Any]:
    labels = cell.metadata.get("nbgrader", {})
    kept = {name: labels[name] for name in ("grade_id", *LABELS) if name in labels}
    fields = {"cell_type": cell.cell_type, "source": cell.source}
    if "id" in cell:
        fields["id"] = cell.id
    return {**fields, "metadata": {"nbgrader": kept} if kept else {}}


def _unpack(packed: Any) -> bytes:
    if not isinstance(packed, str):
        raise TypeError("it is no text")
    try:
        compressed = base64.b64decode(packed, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("it is no base64") from error
    unpacking = bz2.BZ2Decompressor()
    # Of a bomb no more is unpacked than a notebook may have.
    content = unpacking.decompress(compressed, max_length=MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ValueError(f"it is larger than {MAX_BYTES // 1_000_000} MB")
    if not unpacking.eof:
        raise ValueError("its end is missing")
    return content


def _read(content: bytes) -> Released:
    about = json.loads(content)["metadata"][_GROUP]
    notebook, _ = parse_notebook(content)
    if notebook is None:
        raise ValueError("it holds no cells")
    give_ids(notebook)
    name, files = about["name"], about["files"]
    if not isinstance(files, list) or not all(_is_plain(file) for file in [name, *files]):
        raise ValueError("it names files outside its folder")
    return Released(name, notebook, tuple(files))


def _is_plain(name: Any) -> bool:
    """Whether a name stays within the folder that it is looked up in, on every system."""
    if not isinstance(name, str) or not name.isprintable() or "\\" in name:
        return False
    path = PurePosixPath(name)
    anchored = path.is_absolute() or PureWindowsPath(name).anchor
    return bool(path.parts) and not anchored and ".." not in path.parts
