"""Tables for people: what an audit found, what a class earned."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from glovebox.show import both_ends, counted
from glovebox.verdict import NotebookVerdict, Outcome, escape_controls, not_passed

if TYPE_CHECKING:
    from glovebox.audit import Finding
    from glovebox.doctor import Diagnosis
    from glovebox.items import Item
    from glovebox.marks import Lateness
    from glovebox.moves import Move


def console() -> Console:
    """Where results go: standard output, wide enough when that is a file."""
    # Piped into a file, a table must not be folded at 80 columns.
    terminal = sys.stdout is not None and sys.stdout.isatty()  # it may be closed
    return Console(width=None if terminal else 160, highlight=False)


def show_diagnosis(diagnosis: Diagnosis) -> None:
    """Print one line of ``glovebox doctor``."""
    sign = {"good": "[green]✓[/]", "warning": "[yellow]![/]", "bad": "[red]✗[/]"}
    line = f"{sign[diagnosis.health]} {diagnosis.topic:10} {escape(diagnosis.finding)}"
    console().print(line, soft_wrap=True)


def show_findings(findings: list[Finding]) -> None:
    """Print the table of specimens with what they lost and whether that was declared."""
    # Imported here, as these bring the grader along, which no other table needs.
    from glovebox.auditpage import summary
    from glovebox.specimens import MUTANT

    table = Table("specimen", "points", "checks lost", "as declared", title="Audit")
    # Of hundreds of mutants only those that are a problem are of interest.
    for finding in findings:
        if finding.specimen.kind == MUTANT and not finding.problems:
            continue
        verdict = finding.verdict
        points = f"{verdict.points:g}/{verdict.max_points:g}" if verdict else "-"
        lost = ", ".join(sorted(not_passed(verdict.checks))) if verdict else "-"
        lost = "all" if verdict and verdict.points == 0 else lost or "none"
        said = "; ".join(finding.problems)
        declared = f"[red]{escape(said)}[/]" if said else "[green]yes[/]"
        table.add_row(escape(finding.specimen.name), points, lost, declared)
    console().print(table)
    for line in summary(findings):
        console().print(line)


def show_items(items: list[Item]) -> None:
    """Print the table of an item analysis, with a remark where an instructor might look."""
    table = Table("notebook", "check", "pass rate", "discrimination", "remark", title="Checks")
    for item in items:
        told = "-" if item.discrimination is None else f"{item.discrimination:.2f}"
        table.add_row(item.notebook, item.check, f"{item.pass_rate:.0%}", told, item.remark)
    console().print(table)
    number = max((item.submissions for item in items), default=0)
    console().print(f"{number} graded submission{'' if number == 1 else 's'}.")


def show_marks(verdicts: Iterable[tuple[str, NotebookVerdict]]) -> None:
    """Print the points per student and notebook, and below them a line on each oddity."""
    found = sorted(verdicts, key=lambda pair: (pair[0], pair[1].notebook))
    notebooks = sorted({verdict.notebook for _, verdict in found})
    cells = {(student, verdict.notebook): verdict for student, verdict in found}
    table = Table("student", *notebooks, title="Points")
    for student in sorted({student for student, _ in found}):
        row = [cells.get((student, notebook)) for notebook in notebooks]
        table.add_row(escape(escape_controls(student)), *(_points(verdict) for verdict in row))
    console().print(table)
    if any(verdict.needs_review for _, verdict in found):
        console().print("? a person must look")
    for student, verdict in found:
        place = escape(escape_controls(f"{student}/{verdict.notebook}.ipynb"))
        for oddity in verdict.oddities:
            sign = "?" if oddity.review else "·"
            console().print(f"{sign} {place}: {escape(oddity.message)}", soft_wrap=True)
        for record in verdict.checks:
            if record.outcome is Outcome.ERROR:
                reason = _reason(record.detail)
                said = f"the check “{record.title}” could not decide{reason}."
                console().print(f"? {place}: {escape(escape_controls(said))}", soft_wrap=True)


def _reason(detail: str) -> str:
    """What stopped a check, from pytest's account: the first of the lines that an E marks."""
    said = (line[1:].strip() for line in detail.splitlines() if line.startswith("E "))
    first = next(said, "").removesuffix(".")
    return f" ({both_ends(first, 200)})" if first else ""


def show_late(late: Mapping[str, Lateness]) -> None:
    """Print a line on each submission that came late; the table's points are those before that."""
    from glovebox.marks import time_in_words

    for student, one in sorted(late.items()):
        cost = f"it costs {counted(one.penalty, 'point') if one.penalty else 'nothing'}"
        said = f"· {student}: {time_in_words(one.seconds)} late; {cost}."
        console().print(escape(escape_controls(said)), soft_wrap=True)


def show_moves(moves: Iterable[Move]) -> None:
    """Print who gets other points, or must be looked at, with the checks that ended otherwise."""
    table = Table("student", "notebook", "before", "after", "change", title="Moves")
    table.add_column("checks", overflow="fold")
    shown = [move for move in moves if move.moves or move.checks]
    for move in sorted(shown, key=lambda move: (move.student, move.notebook)):
        after = f"{move.after:g}/{move.max_points:g}{' ?' if move.doubtful else ''}"
        change = f"{move.change:+g}" if move.change else "0"
        color = "green" if move.change > 0 else "red" if move.change < 0 else "default"
        checks = [escape(str(check)) for check in move.checks]
        if move.by_hand:
            checks.append("[italic]a mark given by hand stays[/]")
        student = escape(escape_controls(move.student))
        table.add_row(
            student, move.notebook, f"{move.before:g}", after, f"[{color}]{change}[/]",
            "\n".join(checks),
        )  # fmt: skip
    if shown:
        console().print(table)
    if any(move.doubtful for move in shown):
        console().print("? a person must look")


def _points(verdict: NotebookVerdict | None) -> str:
    if verdict is None:
        return "-"
    mark = " ?" if verdict.needs_review else ""
    return f"{verdict.points:g}/{verdict.max_points:g}{mark}"
