"""A student with a correct notebook of the course is told of nothing by the self-check."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course.dataset import DataSet
from course.small import pack_small
from glovebox.findings import Work, remarks
from glovebox.limits import Limits
from glovebox.ordinary import OrdinarySession
from glovebox.parse import parse_notebook
from glovebox.rebuild import rebuild
from glovebox.released import copy_in
from glovebox.run import CellRun
from glovebox.selfcheck import check
from glovebox.specimens import Specimen, load_specimens, reference

ROOT = Path(__file__).parents[2]
ASSIGNMENTS = sorted(path.stem for path in (ROOT / "release").glob("*/*.ipynb"))


def handed_out(specimen: Specimen) -> bytes:
    """What a student with this work would save: the specimen, with the copy in the release."""
    name = specimen.assignment
    source = (ROOT / "source" / name / f"{name}.ipynb").read_bytes()
    notebook = json.loads(specimen.submission(source))
    released = json.loads((ROOT / "release" / name / f"{name}.ipynb").read_bytes())
    notebook["metadata"]["glovebox"] = released["metadata"]["glovebox"]
    for cell in notebook["cells"]:
        if cell["source"] == "YOUR ANSWER HERE":
            cell["source"] = "Because."
    return json.dumps(notebook).encode()


@pytest.mark.slow
@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_the_reference_is_fine(name: str, small: DataSet, tmp_path: Path) -> None:
    content = handed_out(reference(name))
    known = copy_in(content)
    assert known is not None
    pack_small(small, str(tmp_path), list(known.files or ()))
    (tmp_path / f"{name}.ipynb").write_bytes(content)
    # However busy the machine is on which this is tested.
    report = check(tmp_path / f"{name}.ipynb", limits=Limits(cell=1_200, notebook=6_000))
    assert report.remarks == ()
    assert report.fine, report


@pytest.mark.slow
def test_nothing_is_remarked_on_other_correct_work() -> None:
    for specimen in load_specimens(ROOT):
        if specimen.kind != "correct":
            continue
        content = handed_out(specimen)
        known, (submitted, _) = copy_in(content), parse_notebook(content)
        assert known is not None
        rebuilt = rebuild(known.notebook, submitted)
        run = CellRun(rebuilt.notebook, OrdinarySession(Limits(), {}), Limits())
        found = remarks(Work(run, known, rebuilt.unanswered), [])
        assert [(specimen.name, remark) for remark in found] == []
        assert rebuilt.oddities == (), specimen.name
