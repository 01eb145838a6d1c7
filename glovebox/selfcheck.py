"""Checks a student's notebook before it is handed in: it is read, rebuilt and run as in grading.

Nothing of the instructor's is needed but the copy of what was released that the notebook carries.
The student's files are read and not touched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from glovebox.assignment import read_data
from glovebox.errors import UserError
from glovebox.findings import Exercise, Work, exercises, remarks
from glovebox.limits import Limits
from glovebox.match import Ours, grade_id_of, ours_of, squeeze
from glovebox.ordinary import OrdinarySession
from glovebox.parse import parse_notebook, printable
from glovebox.pristine import give_ids
from glovebox.rebuild import Rebuilt, rebuild
from glovebox.released import Released, copy_in, released_file
from glovebox.remarks import Remark, of_oddity
from glovebox.run import CellRun
from glovebox.sandbox.box import Box
from glovebox.stub import UNWRITTEN
from glovebox.submission import MAX_BYTES
from glovebox.syntax import imports

_IMPORTED = ("numpy", "matplotlib.pyplot", "tensorflow", "keras")
_STUBS = ("", squeeze("YOUR ANSWER HERE"))
"""nbgrader's stub of a written answer, and what is left when it is deleted."""


@dataclass(frozen=True)
class Report:
    """What a check found."""

    notebook: str
    rebuilt: bool
    """Whether what was released was known, and the notebook put together as the grader does."""
    exercises: tuple[Exercise, ...]
    remarks: tuple[Remark, ...]

    @property
    def fine(self) -> bool:
        """Whether everything is solved, and nothing is to be mended."""
        wanting = any(remark.attention for remark in self.remarks)
        return not wanting and all(exercise.done for exercise in self.exercises)

    def as_json(self) -> dict[str, Any]:
        """The report for programs."""
        return {**asdict(self), "fine": self.fine}


def check(
    path: Path,
    released: Path | None = None,
    limits: Limits | None = None,
    on_planned: Callable[[int], None] = lambda number: None,
    on_done: Callable[[str], None] = lambda cell: None,
) -> Report:
    """Check a notebook as it is saved on the disk.

    Args:
        path: the notebook.
        released: the notebook that was released, if its copy in ``path`` is not to be taken.
        limits: those of grading, unless given.
        on_planned: called with the number of exercises.
        on_done: called with the name of each grade cell as soon as it has been run.

    Raises:
        UserError: it cannot be read, or nothing of it is the course's.
    """
    content = _read(path)
    submitted, oddities = parse_notebook(content)
    if submitted is None:
        fact = oddities[-1].message.partition(";")[0]
        raise UserError(
            f"{path}: {fact}, and would be graded as empty; save it in Jupyter again, or take your "
            "answers to a fresh one."
        )
    try:
        known = released_file(_read(released), released.stem) if released else copy_in(content)
    except UserError as error:
        raise UserError(f"{released or path}: {error}") from error
    said = [of_oddity(oddity) for oddity in oddities]
    if known is None:
        known, rebuilt, more = _as_it_is(path, submitted)
        said += more
    else:
        rebuilt = rebuild(known.notebook, submitted)
        said += map(of_oddity, rebuilt.oddities)
        said += _about_files(path, known)
    limits = limits or Limits()
    session = OrdinarySession(limits, _data(path.parent, known), _libraries(rebuilt.notebook))
    with CellRun(rebuilt.notebook, session, limits) as run:
        graded = [our.grade_id for our in ours_of(run.notebook) if _is_graded(our)]
        on_planned(len(graded))
        for cell in graded:
            run.advance_to(cell)
            on_done(cell)
        run.finish()
    beside = tuple(sorted(one.name for one in path.parent.iterdir()))
    work = Work(run, known, rebuilt.unanswered, beside)
    found = exercises(work)
    said += remarks(work, found)
    if session.memory > Box.memory_bytes:
        used, allowed = session.memory / (1 << 30), Box.memory_bytes >> 30
        said.append(Remark("memory", f"it used {used:.1f} GiB of memory; {allowed} are allowed."))
    is_rebuilt = rebuilt.notebook is not submitted
    return Report(str(path), is_rebuilt, tuple(found), tuple(dict.fromkeys(said)))


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise UserError(f"{path}: there is no such notebook.")
    if path.stat().st_size > MAX_BYTES:
        raise UserError(
            f"{path}: the notebook is larger than {MAX_BYTES // 1_000_000} MB, which the grader "
            "does not read; clear its outputs and save it."
        )
    return path.read_bytes()


def _is_graded(our: Ours) -> bool:
    return bool(our.cell.metadata.get("nbgrader", {}).get("grade") and our.grade_id)


def _as_it_is(path: Path, submitted: NotebookNode) -> tuple[Released, Rebuilt, list[Remark]]:
    """A notebook of which nobody knows what was released, to be run as it stands.

    Raises:
        UserError: it holds no grade cell.
    """
    give_ids(submitted)
    ours = ours_of(submitted)
    if not any(_is_graded(our) for our in ours):
        raise UserError(
            f"{path}: it holds no cell that is graded; name the notebook that was released with "
            "--released FILE."
        )
    times = Counter(our.grade_id for our in ours if our.grade_id)
    said = [
        Remark(
            "duplicate", f'the cell "{printable(name)}" appears {number} times; delete the copies.'
        )
        for name, number in times.items()
        if number > 1
    ]
    unanswered = frozenset(our.grade_id for our in ours if our.is_answer and _is_stub(our))
    return Released(path.stem, submitted), Rebuilt(submitted, (), unanswered), said


def _is_stub(our: Ours) -> bool:
    source = squeeze(our.cell.source)
    if our.is_written:
        return source in _STUBS
    # Releases before the friendly stub have nbgrader's own.
    return not source or squeeze(UNWRITTEN) in source or "raiseNotImplementedError()" in source


def _about_files(path: Path, known: Released) -> Iterable[Remark]:
    """What is wrong with the notebook's name and with the files beside it."""
    name, ids = f"{known.name}.ipynb", {our.grade_id for our in ours_of(known.notebook)} - {""}
    if path.name != name:
        there = (path.parent / name).is_file()
        what = "and would be graded in its place" if there else "which is the name to hand in"
        beside = (
            f"{printable(name)} lies beside it"
            if there
            else f"it was released as {printable(name)}"
        )
        yield Remark("name", f"{printable(path.name)} has another name: {beside}, {what}.")
    else:
        for other in sorted(path.parent.glob("*.ipynb")):
            if other.name != name and _holds(other, ids):
                yield Remark(
                    "other-notebook",
                    f"{printable(other.name)} beside it holds cells of this assignment, too; only "
                    f"{printable(name)} is graded.",
                )
    for file in known.files or ():
        if not (path.parent / file).is_file():
            yield Remark(
                "missing-file",
                f"{file} is not beside the notebook; put it there again, or the cells that read it "
                "cannot be checked.",
            )


def _holds(path: Path, ids: set[str]) -> bool:
    if not path.is_file() or path.stat().st_size > MAX_BYTES:
        return False
    notebook, _ = parse_notebook(path.read_bytes())
    return notebook is not None and any(grade_id_of(cell) in ids for cell in notebook.cells)


def _libraries(notebook: NotebookNode) -> list[str]:
    """Which of the libraries that the grader's kernels have imported beforehand are wanted here."""
    code = (cell.source for cell in notebook.cells if cell.cell_type == "code")
    wanted = set[str]().union(*map(imports, code))
    return [module for module in _IMPORTED if module.partition(".")[0] in wanted]


def _data(folder: Path, known: Released) -> dict[str, bytes]:
    """The assignment's files, which is all that the grader has; all there are, if nobody knows."""
    if known.files is None:
        return read_data(folder)
    there = {name: folder / name for name in known.files}
    return {name: path.read_bytes() for name, path in there.items() if path.is_file()}
