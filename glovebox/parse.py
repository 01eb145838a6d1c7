"""Turns the bytes of a submitted notebook into cells, whatever was done to them.

Only what grading reads is kept: each cell's type, source, nbformat id, picture attachments and
nbgrader labels, and the notebook's kernel and language names. Everything else (outputs, tags,
widgets) is left behind, so its size, depth and validity do not matter.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable
from typing import Any

from nbformat import NotebookNode

from glovebox.verdict import Oddity

MAX_CELLS = 2_000
MAX_ATTACHMENT_BYTES = 5_000_000
"""Per cell, as base64 text."""
LABELS = ("grade", "solution", "locked", "task", "points", "schema_version", "checksum")
"""The nbgrader fields of a cell, besides ``grade_id``, that are compared with ours."""

_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif"})
_CELL_TYPES = frozenset({"code", "markdown", "raw"})
_NAME_LENGTH = 200


def parse_notebook(content: bytes) -> tuple[NotebookNode | None, tuple[Oddity, ...]]:
    """Read a notebook leniently; never raises.

    Returns:
        The notebook (nbformat 4.5, metadata reduced to what grading reads) and what was odd about
        it; None when no cells can be made out.
    """
    if not content.strip():
        return None, (_unreadable("is empty"),)
    text, oddities = _decode(content)
    try:
        data = json.loads(text)
    except ValueError as error:
        return None, (*oddities, _unreadable(f"is not valid JSON ({_brief(error)})"))
    except (RecursionError, MemoryError):
        return None, (*oddities, _unreadable("is nested too deeply to be read"))
    if not isinstance(data, dict):
        return None, (*oddities, _unreadable("holds JSON, but no notebook"))
    raw_cells, cells_intact = _raw_cells(data)
    if raw_cells is None:
        return None, (*oddities, _unreadable("holds no list of cells"))

    if data.get("nbformat") != 4:
        oddities.append(
            Oddity("nbformat", "the notebook is not in notebook format 4; it was converted.")
        )
    if len(raw_cells) > MAX_CELLS:
        oddities.append(
            Oddity(
                "too-many-cells",
                f"the notebook has {len(raw_cells)} cells; those after the first {MAX_CELLS} "
                "were left out.",
                review=True,
            )
        )
    cells, damaged = [], 0 if cells_intact else 1
    for raw in raw_cells[:MAX_CELLS]:
        cell, intact = _cell(raw)
        damaged += not intact
        if cell is not None:
            cells.append(cell)
    if damaged:
        count = "one cell was" if damaged == 1 else f"{damaged} cells were"
        oddities.append(Oddity("damaged", f"{count} damaged; what could be read was kept."))
    notebook = node(
        nbformat=4, nbformat_minor=5, metadata=_kernel(data.get("metadata")), cells=cells
    )
    return notebook, tuple(oddities)


def node(**fields: Any) -> NotebookNode:
    """A notebook node with these fields (nbformat's constructor is untyped)."""
    return NotebookNode(fields)  # type: ignore[no-untyped-call, unused-ignore]


def clean_text(text: str) -> str:
    """``text`` with Unix line ends and without NULs and lone surrogates, which no file can hold."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return text.encode("utf-8", "replace").decode("utf-8")


def printable(text: str, length: int = 80) -> str:
    """``text`` fit for a one-line message: no control characters, shortened."""
    text = "".join(c if c.isprintable() else "�" for c in text[: length + 1])
    return text if len(text) <= length else text[: length - 1] + "…"


def _decode(content: bytes) -> tuple[str, list[Oddity]]:
    encoding: str = json.detect_encoding(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("utf-8", "replace")
        # Mostly sound UTF-8 with a few bad bytes is damage; otherwise it is a one-byte encoding.
        good = sum(ord(c) > 127 and c != "�" for c in text)
        encoding = "damaged UTF-8" if good > text.count("�") else "latin-1"
        if encoding == "latin-1":
            text = content.decode("latin-1")
    if encoding == "utf-8":
        return text, []
    name = "UTF-8 with a byte order mark" if encoding == "utf-8-sig" else encoding
    return text, [
        Oddity("encoding", f"the notebook is stored as {name}; it was read all the same.")
    ]


def _raw_cells(data: dict[str, Any]) -> tuple[list[Any] | None, bool]:
    """The list of cells, in any format's place for it, and whether it was a list as it should."""
    if "cells" not in data and isinstance(data.get("worksheets"), list):
        sheets = [sheet for sheet in data["worksheets"] if isinstance(sheet, dict)]
        lists = [sheet["cells"] for sheet in sheets if isinstance(sheet.get("cells"), list)]
        return [cell for cells in lists for cell in cells], True
    cells = data.get("cells")
    if isinstance(cells, list):
        return cells, True
    if isinstance(cells, dict):
        return list(cells.values()), False
    return None, False


def _cell(raw: Any) -> tuple[NotebookNode | None, bool]:
    """One cell with the fields that grading reads, and whether it was sound."""
    if not isinstance(raw, dict):
        return None, False
    source, intact = _source(raw.get("source", raw.get("input")))
    cell_type = raw.get("cell_type")
    if cell_type == "heading" and isinstance(raw.get("level", 1), int):  # notebook format 3
        source = "#" * min(6, max(1, raw.get("level", 1))) + " " + source
        cell_type = "markdown"
    elif cell_type == "html":  # notebook format 3
        cell_type = "markdown"
    elif not isinstance(cell_type, str) or cell_type not in _CELL_TYPES:
        intact = False
        cell_type = "code" if "outputs" in raw or "execution_count" in raw else "markdown"
    metadata, sound = _labels(raw.get("metadata"))
    cell = node(cell_type=cell_type, source=source, metadata=metadata)
    if isinstance(raw.get("id"), str):
        cell["id"] = raw["id"][:_NAME_LENGTH]
    if cell_type == "code":
        cell["outputs"], cell["execution_count"] = [], None
    elif "attachments" in raw:
        pictures = _pictures(raw["attachments"])
        if pictures:
            cell["attachments"] = pictures
    return cell, intact and sound


def _source(raw: Any) -> tuple[str, bool]:
    if not isinstance(raw, str | list):
        return "", False
    text = "".join(_strings(raw))
    whole = isinstance(raw, str) or all(isinstance(line, str) for line in raw)
    return clean_text(text), whole and "\0" not in text


def _labels(raw: Any) -> tuple[NotebookNode, bool]:
    """A cell's metadata reduced to its nbgrader labels, and whether it was sound."""
    if not isinstance(raw, dict):
        # Notebook format 3 allowed cells without metadata.
        return node(), raw is None
    if "nbgrader" not in raw:
        return node(), True
    labels = raw["nbgrader"]
    if not isinstance(labels, dict):
        return node(), False
    kept = {
        name: value[:_NAME_LENGTH] if isinstance(value, str) else value
        for name in LABELS
        if isinstance(value := labels.get(name), str | bool | int | float)
    }
    grade_id = labels.get("grade_id")
    if isinstance(grade_id, str):
        # An over-long id can be none of ours; cut, it might become one.
        kept["grade_id"] = grade_id if len(grade_id) <= _NAME_LENGTH else ""
    sound = grade_id is None or isinstance(grade_id, str)
    return node(nbgrader=node(**kept)), sound


def _pictures(raw: Any) -> NotebookNode:
    """The attachments that are plain pictures: a written answer may hold a photograph."""
    pictures, budget = node(), MAX_ATTACHMENT_BYTES
    for name, bundle in raw.items() if isinstance(raw, dict) else ():
        for mime, data in bundle.items() if isinstance(bundle, dict) else ():
            text = "".join(_strings(data))
            budget -= len(text)
            if mime in _PICTURES and budget >= 0 and _is_base64(text):
                pictures[clean_text(name)[:_NAME_LENGTH]] = node(**{mime: text})
    return pictures


def _strings(raw: Any) -> Iterable[str]:
    if isinstance(raw, str):
        return [raw]
    return [part for part in raw if isinstance(part, str)] if isinstance(raw, list) else []


def _is_base64(text: str) -> bool:
    try:
        base64.b64decode(text.replace("\n", ""), validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


def _kernel(raw: Any) -> NotebookNode:
    """The notebook's metadata reduced to the names of its kernel and language."""
    kept = node()
    for group, names in (("kernelspec", ("name", "language")), ("language_info", ("name",))):
        fields = raw.get(group) if isinstance(raw, dict) else None
        if isinstance(fields, dict):
            known = {n: fields[n] for n in names if isinstance(fields.get(n), str)}
            kept[group] = node(**{n: name[:_NAME_LENGTH] for n, name in known.items()})
    return kept


def _unreadable(what: str) -> Oddity:
    return Oddity(
        "unreadable",
        f"the notebook {what}; every answer was graded as empty. Ask for it again.",
        review=True,
    )


def _brief(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}: {error.msg}"
    return printable(str(error))
