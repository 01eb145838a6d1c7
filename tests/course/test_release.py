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


def test_nothing_else_is_released() -> None:
    released_names = {path.name for path in (ROOT / "release").glob("*/*.ipynb")}
    assert released_names == {path.name for path in SOURCES} != set()
