"""Writes what the checks found into the graded notebook, under each grade cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from html import escape

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output

from glovebox.verdict import CheckRecord, NotebookVerdict, Outcome

_OURS = {"glovebox": "checks"}
"""Metadata of our tables; what a student's code displays has none."""
_SIGNS = {
    Outcome.PASSED: ("✓", "passed"),
    Outcome.FAILED: ("✗", "not yet right"),
    Outcome.NOT_RUN: ("–", "not run"),
    Outcome.ERROR: ("?", "to be looked at by a person"),
}


def annotate(notebook: NotebookNode, verdict: NotebookVerdict) -> None:
    """Add a table of its checks to every grade cell, and a cell of oddities at the top.

    Only titles, hints and messages meant for the student are written; never a check's source, a
    traceback of it or the ``detail`` of a record.
    """
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        records = said_once(verdict.of_cell(grade_id)) if grade_id else []
        if records and cell.cell_type == "code":
            cell.outputs.append(
                new_output(
                    "display_data",
                    data={"text/html": _html(records), "text/plain": _text(records)},
                    metadata=dict(_OURS),
                )
            )
    if verdict.oddities:
        notebook.cells.insert(0, _noticed(verdict))


def is_table_of_checks(output: NotebookNode) -> bool:
    """Whether an output of a graded notebook is the table that we put there."""
    return bool(output.get("metadata") == _OURS)


def said_once(records: Iterable[CheckRecord]) -> list[CheckRecord]:
    """The records of a cell, in which no message stands twice in full."""
    said: set[str] = set()
    shown = []
    for record in records:
        again = record.message in said
        said |= {record.message} - {""}
        shown.append(replace(record, message="As above.") if again else record)
    return shown


def _points(value: float) -> str:
    return f"{value:g}"


def _sum(records: list[CheckRecord]) -> str:
    earned, worth = sum(r.points for r in records), sum(r.max_points for r in records)
    return f"{_points(earned)} of {_points(worth)} points"


def _text(records: list[CheckRecord]) -> str:
    lines = [f"Checks: {_sum(records)}"]
    for record in records:
        sign, word = _SIGNS[record.outcome]
        worth = f"{_points(record.points)}/{_points(record.max_points)}"
        lines.append(f"{sign} {record.title} ({worth}): {word}")
        for extra in (record.message, record.hint and f"Hint: {record.hint}"):
            lines += [f"    {line}" for line in extra.splitlines()]
    return "\n".join(lines)


def _html(records: list[CheckRecord]) -> str:
    rows = []
    for record in records:
        sign, word = _SIGNS[record.outcome]
        cell = f"<strong>{escape(record.title)}</strong>"
        if record.message:
            cell += f"<pre>{escape(record.message)}</pre>"
        if record.hint:
            cell += f"<p><em>Hint: {escape(record.hint)}</em></p>"
        worth = f"{_points(record.points)}&nbsp;/&nbsp;{_points(record.max_points)}"
        rows.append(f"<tr><td>{sign} {word}</td><td>{cell}</td><td>{worth}</td></tr>")
    head = "<tr><th>Outcome</th><th>Check</th><th>Points</th></tr>"
    title = f"<caption>Checks: {_sum(records)}</caption>"
    # The class is Bootstrap's, which nbgrader's pages have; Jupyter draws tables well by itself.
    return (
        f'<table class="table">{title}<thead>{head}</thead><tbody>{"".join(rows)}</tbody></table>'
    )


def _noticed(verdict: NotebookVerdict) -> NotebookNode:
    """What the grader noticed, as a cell whose text cannot turn into markup."""
    lines = [f"- {oddity.message}" for oddity in verdict.oddities]
    html = "".join(f"<li>{escape(oddity.message)}</li>" for oddity in verdict.oddities)
    source = "# What the grader noticed about this submission"
    cell: NotebookNode = new_code_cell(source, id="glovebox-noticed")
    data = {"text/html": f"<ul>{html}</ul>", "text/plain": "\n".join(lines)}
    cell.outputs = [new_output("display_data", data=data)]
    cell.metadata["editable"] = False
    return cell
