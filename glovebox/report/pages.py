"""Writes a report as web pages that need nothing but themselves: no server, no network.

Whatever comes from a student is hostile: see :mod:`glovebox.webpage`. Besides, control and
invisible characters are shown as such.
"""

from __future__ import annotations

import functools
import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment
from markupsafe import Markup

from glovebox.files import write_whole
from glovebox.marks import time_in_words
from glovebox.report.beside import side_by_side
from glovebox.report.build import AssignmentReport, Report
from glovebox.report.drawing import draw
from glovebox.report.exports import tables
from glovebox.report.likeness import LEAST_SIGNS, LEAST_SPREADS, LEAST_STUDENTS, NEARLY_SAME
from glovebox.report.oddities import Finding, Group
from glovebox.verdict import escape_controls
from glovebox.webpage import content_security_policy, new_environment, text_of

INDEX = "index.html"
_FOLDER = "assignments"
"""A folder of their own, since an assignment may be called "index"."""
MOST_PAIRS = 30
"""Pairs that a page shows side by side; the table and ``similar.csv`` name all."""
MOST_MISTAKES = 40
MOST_LONGEST = 10
MOST_UNFOLDED = 20
"""Entries of a group; of a longer one at first only the number is seen."""


def write_report(report: Report, folder: Path) -> Path:
    """Write all pages and tables of a report; those of an earlier one are replaced.

    Returns:
        The page to begin with.

    Raises:
        OSError: a file cannot be written. Each is whole, or as it was.
    """
    pages = folder / _FOLDER
    pages.mkdir(parents=True, exist_ok=True)
    for about in report.assignments:
        values = {"about": about, "groups": _by_group(about.findings)}
        page = _render("assignment.html", report, pages, home=f"../{INDEX}", **values)
        write_whole(pages / f"{about.name}.html", page)
    for name, table in tables(report).items():
        write_whole(folder / name, table)
    # The index comes last, so that it leads to nothing that is not there yet.
    urgent = [one for about in report.assignments for one in about.findings]
    page = _render("index.html", report, folder, home="", groups=_by_group(urgent))
    write_whole(folder / INDEX, page)
    return folder / INDEX


def _render(template: str, report: Report, folder: Path, **values: Any) -> bytes:
    def link(target: Path) -> str:
        """The relative address of a file."""
        return quote(os.fsencode(Path(os.path.relpath(target, folder)).as_posix()))

    def page_of(about: AssignmentReport) -> str:
        prefix = "" if folder.name == _FOLDER and values["home"] else f"{_FOLDER}/"
        return quote(f"{prefix}{about.name}.html")

    environment = _environment()
    page = environment.get_template(f"report/{template}").render(
        report=report, link=link, page_of=page_of, **values
    )
    return page.encode("utf-8")


@functools.cache
def _environment() -> Environment:
    environment = new_environment(_visible)
    read = functools.partial(text_of, environment)
    style, script = read("style.css") + read("report/report.css"), read("report/report.js")
    environment.globals.update(
        # They are ours; nothing of a student is in them.
        style=Markup(style),
        script=Markup(script),
        policy=content_security_policy(style, script),
        draw=draw,
        side_by_side=side_by_side,
        Group=Group,
        limits={
            "pairs": MOST_PAIRS,
            "mistakes": MOST_MISTAKES,
            "longest": MOST_LONGEST,
            "unfolded": MOST_UNFOLDED,
            "students": LEAST_STUDENTS,
            "spreads": LEAST_SPREADS,
            "signs": LEAST_SIGNS,
            "same": NEARLY_SAME,
        },
    )
    environment.filters.update(
        number=_number, memory=_memory, percent=_percent, lateness=time_in_words, many=_many
    )
    return environment


def _visible(value: Any) -> Any:
    """What a page shows of a value; of text from a student nothing is invisible."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return escape_controls(value)
    return value


def _memory(value: float) -> str:
    return f"{_number(value / (1 << 20), 0)} MiB"


def _number(value: float | None, digits: int = 2) -> str:
    return "–" if value is None else f"{round(value, digits):g}"


def _percent(value: float) -> str:
    return f"{100 * value:.0f} %"


def _many(number: int, one: str, more: str = "") -> str:
    return f"{number} {one if number == 1 else more or one + 's'}"


def _by_group(found: tuple[Finding, ...] | list[Finding]) -> dict[Group, list[Finding]]:
    return {group: of for group in Group if (of := [one for one in found if one.group is group])}
