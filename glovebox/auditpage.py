"""Shows what an audit found as tables in a page of documentation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from glovebox.specimens import MUTANT
from glovebox.verdict import not_passed

if TYPE_CHECKING:
    from glovebox.audit import Finding

TOPIC = "audit"


def summary(findings: list[Finding]) -> Iterator[str]:
    """What came of an audit, in a line each for specimens and mutants."""
    specimens = [one for one in findings if one.specimen.kind != MUTANT]
    mutants = [one for one in findings if one.specimen.kind == MUTANT]
    if specimens:
        wrong = sum(bool(one.problems) for one in specimens)
        many = "1 specimen" if len(specimens) == 1 else f"{len(specimens)} specimens"
        yield f"{many}, {wrong} graded otherwise than declared."
    if mutants:
        killed, equivalent, survived = _fates(mutants)
        many = "1 mutant" if len(mutants) == 1 else f"{len(mutants)} mutants"
        yield f"{many}: {killed} killed, {equivalent} equivalent, {survived} to be looked at."


def _fates(mutants: list[Finding]) -> tuple[int, int, int]:
    """How many mutants were killed, are known as equivalent, and are a problem."""
    survived = sum(bool(one.problems) for one in mutants)
    equivalent = sum(bool(one.specimen.equivalent) and not one.problems for one in mutants)
    return len(mutants) - survived - equivalent, equivalent, survived


def lines(findings: list[Finding]) -> Iterator[str]:
    """The audit as Markdown: what came of it, then a table for each kind of specimen."""
    hostile = [one for one in findings if one.specimen.kind == "hostile"]
    mutants = [one for one in findings if one.specimen.kind == MUTANT]
    others = [one for one in findings if one.specimen.kind not in ("hostile", MUTANT)]
    yield ""
    yield from summary(findings)
    if mutants:
        yield from _mutant_tables(mutants)
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


def _mutant_tables(mutants: list[Finding]) -> Iterator[str]:
    """Fates of mutants per notebook, those that are a problem, and those that are equivalent."""
    rows = []
    for name in dict.fromkeys(one.specimen.assignment for one in mutants):
        ours = [one for one in mutants if one.specimen.assignment == name]
        rows.append((f"`{name}`", str(len(ours)), *map(str, _fates(ours))))
    yield from _table(("notebook", "mutants", "killed", "equivalent", "to be looked at"), rows)
    problems = [(_mutant(one), _plain("; ".join(one.problems))) for one in mutants if one.problems]
    if problems:
        yield from _table(("mutant", "what is wrong"), problems)
    equivalent = [one for one in mutants if one.specimen.equivalent and not one.problems]
    if equivalent:
        yield from _table(
            ("mutant that is equivalent", "why"),
            [(_mutant(one), _plain(one.specimen.equivalent)) for one in equivalent],
        )


def _mutant(finding: Finding) -> str:
    # Two backticks, since source may hold one.
    return f"``{_cell(finding.specimen.name.partition('/')[2])}``"


def _table(names: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield ""
    for cells in (names, ("---",) * len(names), *rows):
        yield f"| {' | '.join(cells)} |"


def _row(finding: Finding) -> tuple[str, ...]:
    verdict = finding.verdict
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
    verdict = finding.verdict
    return f"{verdict.points:g}/{verdict.max_points:g}" if verdict else "-"


def _plain(text: str) -> str:
    """Text that can stand in a cell of a table."""
    return _cell(text).replace("<", "\\<")


def _cell(text: str) -> str:
    """Source that can stand in a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")
