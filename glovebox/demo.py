"""A whole class in a folder of its own: released, handed in, graded, fed back, and shown.

The class is drawn from the specimens, so every kind of submission is there: right, right in another
way, wrong, untouched, late, broken, hostile, and one that never ends.
"""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from glovebox.assignment import CHECKS, SOURCE, AssignmentBundle, list_assignments, list_notebooks
from glovebox.autograde import autograde
from glovebox.config import CONFIG_FILE
from glovebox.errors import UserError
from glovebox.progress import Progress
from glovebox.specimens import Specimen, load_specimens, reference, untouched
from glovebox.tables import show_marks
from glovebox.verdict import NotebookVerdict

MARKER = ".glovebox-demo"
"""Marks a folder as one that a later demo may replace."""
_DUE = datetime.datetime(2030, 1, 31, 23, 59, tzinfo=datetime.UTC)
_ENDLESS = "endless_loop"
# The kinds of submission of a class of sixteen: (student's kind, hands in late).
_CLASS = (
    *(("reference", False), ("wrong", False), ("correct", False), ("broken", False)),
    *(("hostile", False), (_ENDLESS, False), ("wrong", False), ("correct", True)),
    *(("wrong", False), ("untouched", False), ("broken", False), ("hostile", False)),
    *(("wrong", False), ("correct", False), ("wrong", False), ("correct", False)),
)
# All hand in the last assignment, the first few the others, and fewer still what trains networks:
# the demo is to end within minutes.
_DILIGENT, _VERY_DILIGENT = 6, 2
_HURRY = """
# The demo waits less for a cell that never ends.
c.GloveboxExporter.limits = {"cell": 20.0}
"""


@dataclass(frozen=True)
class HandedIn:
    """One submission of the demo: who handed in what, and whether it came late."""

    student: str
    specimen: Specimen
    late: bool


def run_demo(
    course_root: Path,
    folder: Path,
    jobs: int,
    sandbox: bool = True,
    assignments: Sequence[str] = (),
) -> list[str]:
    """Release, hand in, grade, feed back and show; the problems met, if any.

    Args:
        course_root: the course whose copy is graded.
        folder: where the copy goes.
        jobs: how many notebooks are graded at a time.
        sandbox: whether student code is confined.
        assignments: only these; all of the course otherwise.

    Raises:
        UserError: a step could not be carried out.
    """
    build_course(course_root, folder, assignments)
    with (folder / CONFIG_FILE).open("a", encoding="utf-8") as config:
        config.write(_HURRY)
    assignments = list_assignments(folder)
    _say(f"A course for the demo is in {folder}")
    for assignment in assignments:
        _say(f"  nbgrader generate_assignment {assignment}")
        nbgrader(folder, "generate_assignment", assignment)
    set_due_dates(folder)
    class_ = lay_out_class(course_root, folder)
    students = len({one.student for one in class_})
    _say(f"{students} students handed in {len(class_)} notebooks (drawn from tests/specimens)")
    verdicts: list[tuple[str, NotebookVerdict]] = []
    problems: list[str] = []
    for assignment in assignments:
        _say(f"  glovebox autograde {assignment} --jobs {jobs}")
        with Progress("notebooks") as progress:
            result = autograde(
                folder,
                assignment,
                jobs=jobs,
                sandbox=sandbox,
                on_planned=progress.expect,
                on_graded=progress.graded,
            )
        verdicts += result.verdicts
        problems += result.problems
        _say(f"  nbgrader generate_feedback {assignment}")
        nbgrader(folder, "generate_feedback", assignment)
    _say("")
    show_marks(verdicts)
    for one in class_:
        if one.late:
            _say(f"· {one.student}/{one.specimen.assignment}: handed in late.")
    _say(_next_steps(folder, class_))
    for problem in problems:
        _say(f"! {problem}")
    return problems


def _next_steps(folder: Path, class_: Sequence[HandedIn]) -> str:
    """The places of what came of a submission with mistakes, if the course has such a specimen."""
    shown = next((one for one in class_ if one.specimen.kind == "wrong"), class_[0])
    assignment = shown.specimen.assignment
    notebook = list_notebooks(folder, assignment)[0]
    place = f"{shown.student}/{assignment}/{notebook}"
    jupyter = Path(os.path.relpath(sysconfig.get_path("scripts"), folder), "jupyter")
    steps = {
        f"feedback/{place}.html": "what a student reads",
        f"autograded/{place}.verdict.json": "what a program reads",
        "gradebook.db": "nbgrader's gradebook, with the exact points",
        f"{jupyter} lab": "the formgrader is in its menu Nbgrader",
    }
    lines = [f"  {step:44}  {what}" for step, what in steps.items()]
    return "\n".join(["", f"Where to look next (in {folder}):", *lines])


def _say(text: str) -> None:
    print(text, file=sys.stderr if text.startswith("!") else sys.stdout, flush=True)


def build_course(course_root: Path, folder: Path, assignments: Sequence[str] = ()) -> None:
    """Copy a course, or some assignments of it, into an empty folder.

    Raises:
        UserError: the folder exists and is not an earlier demo, or there is no course to copy.
    """
    if not list_assignments(course_root):
        raise UserError(f"{course_root} is no course folder: it has no source/<assignment>/.")
    for assignment in assignments:
        list_notebooks(course_root, assignment)  # which knows what to say where there is none
    if folder.exists():
        if not (folder / MARKER).is_file():
            raise UserError(f"{folder} exists and is not an earlier demo; name another --folder.")
        _remove(folder)
    folder.mkdir(parents=True)
    (folder / MARKER).write_text("Made by `glovebox demo`, which replaces this folder each time.\n")
    leave_out = shutil.ignore_patterns(".*", "__pycache__")
    sources = [SOURCE / assignment for assignment in assignments] or [SOURCE]
    for part in (*sources, CHECKS):
        shutil.copytree(course_root / part, folder / part, ignore=leave_out)
    shutil.copy(course_root / CONFIG_FILE, folder)


def lay_out_class(course_root: Path, folder: Path) -> list[HandedIn]:
    """Write the submissions of a class, drawn from the course's specimens, into ``submitted/``."""
    handed_in = []
    assignments = list_assignments(folder)
    for assignment in assignments:
        notebook = list_notebooks(course_root, assignment)[0]
        bundle = AssignmentBundle.load(course_root, assignment, notebook)
        for one in _class_of(course_root, bundle, last=assignment == assignments[-1]):
            target = folder / "submitted" / one.student / assignment
            target.mkdir(parents=True)
            content = one.specimen.submission(bundle.source)
            (target / f"{bundle.notebook}.ipynb").write_bytes(content)
            came = _DUE + datetime.timedelta(hours=5 if one.late else -30)
            (target / "timestamp.txt").write_text(f"{came:%Y-%m-%d %H:%M:%S} UTC\n")
            handed_in.append(one)
    return handed_in


def nbgrader(folder: Path, *arguments: str) -> None:
    """Run an nbgrader command in the course folder.

    Raises:
        UserError: it failed; the end of what it said is in the sentence.
    """
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        said = "\n".join((done.stderr or done.stdout).strip().splitlines()[-5:])
        raise UserError(f"`nbgrader {' '.join(arguments)}` failed in {folder}:\n{said}")


def set_due_dates(folder: Path) -> None:
    """Give every assignment of the demo the same due date, so that one student is late."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        for assignment in list_assignments(folder):
            gradebook.update_or_create_assignment(assignment, duedate=_DUE.replace(tzinfo=None))


def _class_of(course_root: Path, bundle: AssignmentBundle, last: bool) -> Iterator[HandedIn]:
    specimens = load_specimens(course_root, bundle.name)
    endless = [one for one in specimens if one.slug == _ENDLESS]
    by_kind: dict[str, list[Specimen]] = {
        "reference": [reference(bundle.name)],
        "untouched": [untouched(bundle)],
        _ENDLESS: endless,
    }
    for one in specimens:
        if one not in endless:
            by_kind.setdefault(one.kind, []).append(one)
    draw: dict[str, Callable[[], Specimen]] = {
        kind: cycle(found).__next__ for kind, found in by_kind.items() if found
    }
    size = len(_CLASS) if last else _DILIGENT
    if b"import keras" in bundle.source:
        size = _VERY_DILIGENT
    for number, (kind, late) in enumerate(_CLASS[:size], start=1):
        if kind in draw:
            yield HandedIn(f"student-{number:02}", draw[kind](), late)


def _remove(folder: Path) -> None:
    """Remove an earlier demo, read-only files (which nbgrader writes) included."""
    for path in folder.rglob("*"):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o700)
    shutil.rmtree(folder)
