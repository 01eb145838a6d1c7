"""The page that a student reads: points, checks, what the grader noticed, and the notebook.

One self-contained HTML file for each notebook. Nothing in it can run, whatever the student's
outputs hold: the template escapes every text, Markdown and HTML pass through
:mod:`glovebox.safe_html`, and a Content Security Policy forbids scripts and all that is remote.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import markupsafe
from jinja2 import Environment
from nbconvert.filters import Highlight2HTML, ansi2html
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from pygments.formatters import HtmlFormatter

from glovebox.annotate import is_table_of_checks, said_once
from glovebox.drawing import draw
from glovebox.marks import CellMark, NotebookMarks
from glovebox.remarks import afterwards
from glovebox.safe_html import clean_html
from glovebox.verdict import CheckRecord, NotebookVerdict, Outcome
from glovebox.webpage import content_security_policy, new_environment, text_of

LIGHT, DARK = "default", "github-dark"
"""Pygments' styles of code, each on the paper that the style sheet gives it."""
_OUTCOMES = {
    Outcome.PASSED: ("✓", "passed", "good"),
    Outcome.FAILED: ("✗", "not yet right", "bad"),
    Outcome.NOT_RUN: ("–", "not run", "quiet"),
    Outcome.ERROR: ("?", "a person will look at it", "doubt"),
}
_PARTLY = ("◐", "right in part", "doubt")
_HEADING = re.compile(r"<(/?)h([1-6])>")
_TITLE = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)
_POINTS = re.compile(r" *\([\d.]+ points?\)$")
_PICTURES = ("image/png", "image/jpeg")


@dataclass(frozen=True)
class Exercise:
    """A grade cell, as the page's overview shows it."""

    grade_id: str
    title: str
    mark: CellMark
    records: tuple[CheckRecord, ...]
    answer: str
    """The cell in which the student wrote; empty where there is nothing to write."""
    comment: str = ""
    written: bool = False
    """Whether it is an answer in words or a task, which only people mark."""

    @property
    def waits(self) -> bool:
        """Whether its points say nothing yet."""
        return self.written and self.mark.waiting

    @property
    def corrected(self) -> bool:
        """Whether a person gave other points than the checks."""
        earned = sum(record.points for record in self.records)
        return bool(self.records) and self.mark.by_hand and abs(earned - self.mark.points) > 1e-9


def feedback_page(
    notebook: NotebookNode,
    verdict: NotebookVerdict | None,
    marks: NotebookMarks,
    *,
    assignment: str,
) -> str:
    """The HTML of a graded notebook.

    Args:
        notebook: as it was graded, with its outputs.
        verdict: what was found out about it; None, where other checks than ours graded it.
        marks: what the gradebook says; where it knows nothing, the verdict's points are shown.
        assignment: the assignment's name.
    """
    exercises = tuple(_exercises(notebook, verdict, marks))
    template = _environment().get_template("feedback.html.j2")
    style = _style()
    return template.render(
        title=_first_title(notebook) or assignment,
        assignment=assignment,
        style=markupsafe.Markup(style),
        policy=content_security_policy(style, pictures=True),
        marks=replace(marks, cells={one.grade_id: one.mark for one in exercises}),
        exercises=exercises,
        open=[one for one in exercises if one.mark.points < one.mark.max_points and not one.waits],
        noticed=afterwards(verdict.oddities) if verdict else [],
        cells=[cell for cell in notebook.cells if cell.get("id") != "glovebox-noticed"],
    )


def _exercises(
    notebook: NotebookNode, verdict: NotebookVerdict | None, marks: NotebookMarks
) -> Iterator[Exercise]:
    """The grade cells in the notebook's order, under the last heading of ours before each."""
    title, answer, named = "", "", set[str]()
    for cell in notebook.cells:
        label = cell.metadata.get("nbgrader", {})
        grade_id = str(label.get("grade_id", ""))
        if not grade_id:
            continue  # the student's own
        graded = label.get("grade") or label.get("task")
        if cell.cell_type == "markdown" and not graded and (found := _TITLE.search(cell.source)):
            title = _plain(found[1])
        if label.get("solution"):
            answer = grade_id
        if graded:
            records = said_once(verdict.of_cell(grade_id)) if verdict else []
            name = grade_id if title in named else title or grade_id
            named.add(title)
            earned = CellMark(sum(r.points for r in records), float(label.get("points", 0)))
            yield Exercise(
                grade_id,
                name,
                marks.cells.get(grade_id, earned),
                tuple(records),
                answer,
                # A person's words stand at the answer, which need not be the cell with the points.
                marks.comments.get(grade_id) or marks.comments.get(answer, ""),
                written=bool(label.get("solution") or label.get("task")),
            )
            answer = ""


def _first_title(notebook: NotebookNode) -> str:
    texts = (cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return next((_plain(found[1]) for text in texts if (found := _TITLE.search(text))), "")


def _plain(heading: str) -> str:
    """A heading of Markdown without its marks, and without the points that stand beside it."""
    return re.sub(r"[`*]", "", _POINTS.sub("", heading))


@functools.cache
def _environment() -> Environment:
    environment = new_environment()
    environment.filters.update(
        points=lambda value: f"{value:.2f}".rstrip("0").rstrip("."),
        markdown=_markdown,
        code=_code,
        # Its colours are classes, but for those of 256, which are styles that the policy forbids.
        terminal=lambda text: markupsafe.Markup(clean_html(ansi2html(text))),
        safe_html=lambda text: markupsafe.Markup(clean_html(text)),
        outcome=_outcome,
        noticed=_noticed,
        drawn=draw,
    )
    environment.tests["table_of_checks"] = is_table_of_checks
    environment.globals["picture"] = _picture
    return environment


def _outcome(record: CheckRecord) -> tuple[str, str, str]:
    """Sign, words and class of a record's outcome."""
    if record.outcome is Outcome.FAILED and record.points:
        return _PARTLY
    return _OUTCOMES[record.outcome]


def _markdown(source: str, attachments: Mapping[str, Any] | None = None) -> markupsafe.Markup:
    """Markdown as harmless HTML, whose headings stand below those of the page."""
    renderer = IPythonRenderer(
        escape=False, attachments=dict(attachments or {}), exclude_anchor_links=True
    )
    cleaned = clean_html(MarkdownWithMath(renderer=renderer).render(source))
    lowered = _HEADING.sub(lambda found: f"<{found[1]}h{min(int(found[2]) + 2, 6)}>", cleaned)
    return markupsafe.Markup(lowered)


def _noticed(message: str) -> markupsafe.Markup:
    """A sentence of the grader's, in which what stands between backticks is code."""
    parts = (markupsafe.escape(part) for part in message.split("`"))
    marked = (f"<code>{part}</code>" if number % 2 else part for number, part in enumerate(parts))
    return markupsafe.Markup("".join(marked))


def _code(source: str) -> markupsafe.Markup:
    return markupsafe.Markup(Highlight2HTML()(source, metadata={}))


def _picture(data: Mapping[str, Any]) -> str:
    """The address of an output's picture; nothing, where there is none."""
    for kind in _PICTURES:
        if kind in data:
            return f"data:{kind};base64,{''.join(str(data[kind]).split())}"
    return ""


@functools.cache
def _style() -> str:
    """The style sheet, with the colours of code on light and dark paper."""
    sheets: Iterable[str] = (
        text_of(_environment(), "style.css"),
        text_of(_environment(), "feedback.css"),
        HtmlFormatter(style=LIGHT).get_style_defs(".highlight"),
        f"@media screen and (prefers-color-scheme: dark) {{\n"
        f"{HtmlFormatter(style=DARK).get_style_defs('.highlight')}\n}}",
    )
    return "\n".join(sheets)
