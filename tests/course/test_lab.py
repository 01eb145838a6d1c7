"""The lab runs notebooks on the full data and compares the chapter's figures with ours."""

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from course import lab
from course.dataset import DataSet
from course.measure import FIRST, GLOVE, SCRATCH, Result


def notebook(folder: Path, *sources: str) -> Path:
    path = folder / "some.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell(source) for source in sources]), path)
    return path


@pytest.fixture
def dataset(tmp_path: Path) -> DataSet:
    return DataSet("full", tmp_path / "aclImdb", tmp_path / "glove.some.2d.txt", 2)


def results(glove: list[float], scratch: list[float]) -> list[tuple[Result, bool]]:
    """Results of the whole plan, one accuracy for each size of either model."""
    given = {
        model: dict(zip(lab.SIZES, accuracies, strict=True))
        for model, accuracies in ((GLOVE, glove), (SCRATCH, scratch))
    }
    return [
        (Result(model, reviews, (given.get(model, {}).get(reviews, 0.75),)), by_test)
        for model, reviews, _, by_test in lab.plan(1)
    ]


@pytest.mark.slow
def test_a_notebook_runs_on_the_full_data_and_keeps_its_outputs(
    tmp_path: Path, dataset: DataSet
) -> None:
    source = notebook(
        tmp_path, "import os", "print(os.environ['GLOVEBOX_DATA'], os.environ['GLOVEBOX_VECTORS'])"
    )
    assert lab.run_notebook(source, dataset, tmp_path / "done.ipynb") > 0
    done = nbformat.read(tmp_path / "done.ipynb", as_version=4)
    assert done.cells[1].outputs[0].text == f"{tmp_path} glove.some.2d.txt\n"
    assert nbformat.read(source, as_version=4).cells[1].outputs == []


@pytest.mark.slow
def test_a_cell_that_fails_is_named(tmp_path: Path, dataset: DataSet) -> None:
    source = notebook(tmp_path, "1", "1 / 0", "2")
    failing = nbformat.read(source, as_version=4).cells[1].id
    with pytest.raises(lab.LabError, match=f"cell '{failing}' failed: ZeroDivisionError"):
        lab.run_notebook(source, dataset, tmp_path / "done.ipynb")
    assert not (tmp_path / "done.ipynb").exists()


def test_the_plan_has_every_figure_of_the_chapter() -> None:
    steps = list(lab.plan(10))
    assert all(runs == 10 for _, _, runs, _ in steps)
    assert (FIRST, 25_000, 10, False) in steps
    for model in (GLOVE, SCRATCH):
        sizes = [reviews for kind, reviews, _, by_test in steps if kind == model and not by_test]
        assert sizes[0] == 200
        assert sizes[-1] == 20_000
        assert (model, 200, 10, True) in steps


@pytest.mark.parametrize(
    ("glove", "scratch", "sentence"),
    [
        ([0.6] * 6, [0.5, 0.5, 0.6, 0.7, 0.7, 0.8], "From 1,000 reviews on"),
        # Ahead once is not ahead from there on.
        ([0.6] * 6, [0.7, 0.5, 0.5, 0.7, 0.7, 0.8], "From 2,000 reviews on"),
        ([0.6] * 6, [0.5] * 6, "the frozen vectors stay ahead"),
    ],
)
def test_the_page_says_when_the_learned_embedding_is_ahead(
    dataset: DataSet, glove: list[float], scratch: list[float], sentence: str
) -> None:
    assert sentence in lab.page(dataset, [], results(glove, scratch), {})


def test_the_page_has_the_chapters_figures_beside_ours(dataset: DataSet) -> None:
    found = [("distinct words in the training reviews", "88,582", "88,582")]
    text = lab.page(dataset, found, results([0.573] * 6, [0.527] * 6), {"tokenizer": 61.4})
    assert "| distinct words in the training reviews | 88,582 | 88,582 |" in text
    assert "| GloVe, frozen | 200 | validation | 0.50–0.57 | 0.573 | 0.000 | 0.573–0.573 |" in text
    assert "| GloVe, frozen | 200 | 25,000 test reviews | 0.50–0.57 |" in text
    assert "| first model, last 20 words | 25,000 | validation | 0.75–0.76 | 0.750 |" in text
    assert "| GloVe, frozen | 500 | validation | – |" in text
    assert "| `tokenizer` | 61 |" in text


def test_without_the_data_one_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GLOVEBOX_DATA", str(tmp_path))
    assert lab.main(["--notebooks", str(tmp_path / "lab")]) == 1
    assert "is missing; unpack the Large Movie Review Dataset" in capsys.readouterr().err
    assert not (tmp_path / "lab").exists()
