"""Writes what an audit found into a page of documentation, between two marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from glovebox.audit import Finding
from glovebox.errors import UserError
from glovebox.verdict import not_passed

BEGIN, END = "<!-- glovebox audit: begin -->", "<!-- glovebox audit: end -->"


def check_page(path: Path) -> None:
    """Make sure, before the grading, that its result will have a place.

    Raises:
        UserError: the page is not there, or lacks the marks.
    """
    _surroundings(path)


def write_page(path: Path, findings: list[Finding]) -> None:
    """Replace what stands between the marks of a page; the rest of it is a person's.

    Raises:
        UserError: the page is not there, or lacks the marks.
    """
    before, after = _surroundings(path)
    lines = [before + BEGIN, *_tables(findings), END + after]
    path.write_text("\n".join(lines), encoding="utf-8")


def _surroundings(path: Path) -> tuple[str, str]:
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise UserError(f"{path}: write the page first, with the lines {BEGIN} and {END}.")
    return before, after


def _tables(findings: list[Finding]) -> Iterator[str]:
    hostile = [one for one in findings if one.specimen.kind == "hostile"]
    others = [one for one in findings if one.specimen.kind != "hostile"]
    if others:
        yield from _table(
            ("specimen", "what the learner did", "points", "checks lost", "as declared"),
            map(_row, others),
        )
    if hostile:
        yield from _table(
            ("specimen", "what it tries", "attacks", "what stops it", "points", "worth"),
            map(_hostile_row, hostile),
        )
    wrong = sum(bool(one.problems) for one in findings)
    yield from ("", f"{len(findings)} specimens, {wrong} graded otherwise than declared.")


def _table(names: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield ""
    for cells in (names, ("---",) * len(names), *rows):
        yield f"| {' | '.join(cells)} |"


def _row(finding: Finding) -> tuple[str, ...]:
    verdict = finding.graded.verdict if finding.graded else None
    lost = sorted(not_passed(verdict.checks)) if verdict else []
    shown = "all" if verdict and lost and len(lost) == len(verdict.checks) else ", ".join(lost)
    declared = _plain("; ".join(finding.problems)) or "yes"
    return _name(finding), _plain(finding.specimen.about), _points(finding), shown, declared


def _hostile_row(finding: Finding) -> tuple[str, ...]:
    specimen = finding.specimen
    attacks = ", ".join(map(str, specimen.items))
    worth = f"{specimen.max_points:g}"
    if finding.problems:
        worth += f": {_plain('; '.join(finding.problems))}"
    about, stopped = _plain(specimen.about), _plain(specimen.stopped_by)
    return _name(finding), about, attacks, stopped, _points(finding), worth


def _name(finding: Finding) -> str:
    return f"`{finding.specimen.name.partition('/')[2]}`"


def _points(finding: Finding) -> str:
    verdict = finding.graded.verdict if finding.graded else None
    return f"{verdict.points:g}/{verdict.max_points:g}" if verdict else "-"


def _plain(text: str) -> str:
    """Text that can stand in a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "\\<")
