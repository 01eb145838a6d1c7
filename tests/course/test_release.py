"""What students get, release/, is made of what instructors wrote, source/."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbconvert.exporters import NotebookExporter
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import SaveCells
from traitlets.config import Config

from course.small import REVIEWS_ARCHIVE, VECTORS_FILE
from glovebox.parse import parse_notebook
from glovebox.pristine import pristine
from glovebox.released import copy_in, with_copy
from glovebox.stub import CODE_STUB

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "source").glob("*/*.ipynb"))


def released(path: Path) -> Any:
    """The release form of a source notebook, by nbgrader's own steps but for the gradebook."""
    config = Config({"Exporter": {"default_preprocessors": []}})
    config.ClearSolutions.code_stub = {"python": CODE_STUB}
    exporter = NotebookExporter(config=config)
    for step in GenerateAssignment.preprocessors.default():
        if step is not SaveCells:
            exporter.register_preprocessor(step, enabled=True)
    text, _ = exporter.from_filename(str(path))
    return nbformat.reads(text, as_version=4)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_release_is_made_of_source(source: Path) -> None:
    release = ROOT / "release" / source.parent.name / source.name
    assert nbformat.read(release, as_version=4).cells == released(source).cells, (
        f"{release.relative_to(ROOT)} is not what {source.relative_to(ROOT)} gives: `make release`"
    )


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_release_carries_the_copy_that_it_would_be_given_now(source: Path) -> None:
    text = (ROOT / "release" / source.parent.name / source.name).read_text(encoding="utf-8")
    known = copy_in(text.encode())
    assert known is not None
    # By the copy a student's notebook is rebuilt, and by the other a submission.
    rebuilt_from, _ = parse_notebook(nbformat.writes(pristine(source.read_bytes())).encode())
    assert known.notebook == rebuilt_from
    files = [name for name in (REVIEWS_ARCHIVE, VECTORS_FILE) if name in text]
    assert with_copy(text, source.stem, files) == text


def test_nothing_else_is_released() -> None:
    released_names = {path.name for path in (ROOT / "release").glob("*/*.ipynb")}
    assert released_names == {path.name for path in SOURCES} != set()
