"""Runs the five notebooks on the full data and measures the chapter: ``python -m course.lab``.

The solved notebooks are executed as they are, with the switch that every one of them has, and kept
with their outputs. Then each of the chapter's figures is measured over several seeds, with the
reference code, and both go into a page side by side. Stopped, the next run goes on where it was.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from course import data, measure, reference
from course.dataset import DataSet
from course.measure import FIRST, GLOVE, SCRATCH, Encoded, Result
from course.noted import Noted

if TYPE_CHECKING:
    from rich.progress import Progress

NOTEBOOKS = ("learned_embedding", "tokenizer", "glove_matrix", "frozen_embedding", "data_size")
"""In the order of the course."""
SIZES = (200, 500, 1_000, 2_000, 5_000, 20_000)
CHAPTER_SIZE = 200
ALL_TRAINING = 25_000

CHAPTER = {
    FIRST: "0.75–0.76",
    GLOVE: "0.50–0.57",
    SCRATCH: "0.50–0.53",
    "test": "0.50–0.57",
}
"""What the chapter reports of accuracies, by model; ``test`` is that of the GloVe model."""


class LabError(Exception):
    """A notebook that does not run on the full data; the message says which cell stopped it."""


def run_notebook(source: Path, dataset: DataSet, target: Path) -> float:
    """Execute a solved notebook on a data set and write it, outputs included, to ``target``.

    Returns the seconds that it took. Raises LabError when a cell fails.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    notebook = nbformat.read(source, as_version=4)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        settings = {
            data.DATA_VARIABLE: str(dataset.reviews.parent.resolve()),
            data.VECTORS_VARIABLE: dataset.vectors.name,
        }
        client = NotebookClient(
            notebook, timeout=None, kernel_name="python3", resources={"metadata": {"path": folder}}
        )
        try:
            client.execute(env={**os.environ, **settings})
        except CellExecutionError as error:
            place = next(
                (cell.id for cell in notebook.cells if "error" in _kinds(cell)), "unknown cell"
            )
            said = f"{error.ename}: {error.evalue}"
            raise LabError(f"{source}: cell {place!r} failed: {said}") from error
    nbformat.write(notebook, target)
    return time.monotonic() - started


def facts(encoded: Encoded) -> list[tuple[str, str, str]]:
    """What the chapter reports besides accuracies: what, its figure, ours."""
    words, dim = encoded.words, encoded.matrix.shape[1]
    first = reference.build_learned_model(
        words, measure.FIRST_MODEL_DIM, measure.FIRST_MODEL_MAXLEN
    )
    chapters, chapters_trainable = _frozen_size(np.zeros((10_000, 100), dtype=np.float32))
    ours, ours_trainable = _frozen_size(encoded.matrix)
    share = reference.coverage(encoded.word_index, encoded.vectors, words)
    return [
        ("distinct words in the training reviews", "88,582", f"{len(encoded.word_index):,}"),
        ("shape of the data", "(25000, 100)", str(encoded.x.shape)),
        ("shape of the labels", "(25000,)", str(encoded.y.shape)),
        ("parameters of the first model", "80,161", f"{first.count_params():,}"),
        ("parameters of the GloVe model at 100 dimensions", "1,320,065", f"{chapters:,}"),
        ("of them trainable when frozen", "320,065", f"{chapters_trainable:,}"),
        (
            f"the same at the {dim} dimensions used here",
            "–",
            f"{ours:,}, {ours_trainable:,} trainable",
        ),
        ("word vectors", "400,000", f"{len(encoded.vectors):,}"),
        (f"of the {words - 1:,} words with a row, those with a vector", "–", f"{share:.1%}"),
    ]


def plan(seeds: int) -> Iterator[tuple[str, int, int, bool]]:
    """What is trained: model, training reviews, runs, and whether the test set judges."""
    yield FIRST, ALL_TRAINING, seeds, False
    for reviews in SIZES:
        yield GLOVE, reviews, seeds, False
        yield SCRATCH, reviews, seeds, False
    yield GLOVE, CHAPTER_SIZE, seeds, True
    yield SCRATCH, CHAPTER_SIZE, seeds, True


def measured(
    encoded: Encoded, seeds: int, progress: Progress, noted: Noted
) -> list[tuple[Result, bool]]:
    """The accuracies of the whole plan, each with whether the test set judged it."""
    steps = list(plan(seeds))
    # A run costs about as much as the reviews it trains on, plus judging those held out.
    task = progress.add_task("training", total=sum((step[1] + 2_000) * step[2] for step in steps))
    results = []
    for model, reviews, runs, by_test in steps:
        progress.update(task, description=f"{model}, {reviews:,} reviews")
        accuracies = []
        for seed in range(runs):
            train = partial(measure.accuracy, encoded, model, reviews, seed, by_test)
            accuracies.append(noted.get(f"{model} {reviews} {seed} {by_test}", train))
            progress.advance(task, reviews + 2_000)
        results.append((Result(model, reviews, tuple(accuracies)), by_test))
    return results


def page(
    dataset: DataSet,
    found: Sequence[tuple[str, str, str]],
    results: Sequence[tuple[Result, bool]],
    seconds: dict[str, float],
) -> str:
    """docs/real-data.md: the chapter's figures and ours."""
    runs = len(results[0][0].accuracies)
    versions = ", ".join(f"{name} {version(name)}" for name in ("keras", "numpy"))
    lines = [
        "# The chapter on the real data",
        "",
        "Written by `make lab-full`, with `GLOVEBOX_DATA` naming the data; `course/lab.py` says "
        f"how it measures. Python {platform.python_version()}, {versions}; the reviews of the "
        f"Large Movie Review Dataset, the vectors of `{dataset.vectors.name}` "
        f"({dataset.embedding_dim} numbers a word).",
        "",
        "| what | the chapter | here |",
        "| --- | --: | --: |",
    ]
    lines += [f"| {what} | {theirs} | {ours} |" for what, theirs, ours in found]
    lines += [
        "",
        f"Accuracies over {runs} seeds; each seed draws other reviews and other first weights. "
        "Validation is on 10,000 other training reviews (after 20,000, on the 5,000 that are "
        "left), that of the first model on the fifth that it isn't trained on.",
        "",
        "| model | training reviews | judged by | the chapter | mean | sd | range |",
        "| --- | --: | --- | --: | --: | --: | --: |",
    ]
    for result, by_test in results:
        model, reviews, _, mean, spread, extent = result.row()
        judges = "25,000 test reviews" if by_test else "validation"
        theirs = _chapters(result, by_test)
        lines.append(
            f"| {model} | {reviews} | {judges} | {theirs} | {mean} | {spread} | {extent} |"
        )
    lines += ["", _catching_up([result for result, by_test in results if not by_test]), ""]
    if seconds:
        lines += [
            "The five notebooks, solved, from top to bottom on these data:",
            "",
            "| notebook | seconds |",
            "| --- | --: |",
            *(f"| `{name}` | {taken:.0f} |" for name, taken in seconds.items()),
            "",
        ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the notebooks, measure, write the page; returns the exit code."""
    from rich.console import Console
    from rich.progress import Progress

    parser = argparse.ArgumentParser(prog="python -m course.lab", description=__doc__)
    parser.add_argument("--seeds", type=int, default=10, help="runs of each kind (default 10)")
    parser.add_argument("--source", type=Path, default=Path("source"))
    parser.add_argument("--notebooks", type=Path, default=Path("lab"), help="where they are kept")
    parser.add_argument("--page", type=Path, help="write the comparison to this page")
    options = parser.parse_args(arguments)
    measure.use_one_thread()
    console = Console(stderr=True)
    try:
        dataset = data.full()
        options.notebooks.mkdir(exist_ok=True)
        noted = Noted(options.notebooks / "noted.jsonl", f"{dataset.reviews} {dataset.vectors}")
        seconds = {}
        for name in NOTEBOOKS:
            console.print(f"running {name} on the full data ...")
            source = options.source / name / f"{name}.ipynb"
            run = partial(run_notebook, source, dataset, options.notebooks / f"{name}.ipynb")
            digest = hashlib.sha256(source.read_bytes()).hexdigest()
            seconds[name] = noted.get(f"{name} {digest}", run)
        encoded = measure.encode(dataset)
        with Progress(console=console) as progress:
            results = measured(encoded, options.seeds, progress, noted)
        text = page(dataset, facts(encoded), results, seconds)
        if options.page:
            options.page.write_text(text, encoding="utf-8")
        noted.close()
    except (data.DataError, LabError, OSError) as error:
        console.print(str(error), style="red", markup=False, highlight=False)
        return 1
    print(text)
    return 0


def _frozen_size(matrix: NDArray[np.float32]) -> tuple[int, int]:
    """All parameters of the GloVe model with this matrix, and those that are trainable."""
    network = reference.build_model(matrix.shape[0], matrix.shape[1], measure.MAXLEN)
    reference.load_and_freeze(network, matrix)
    trainable = sum(int(np.prod(weights.shape)) for weights in network.trainable_weights)
    return network.count_params(), trainable


def _kinds(cell: dict[str, object]) -> set[str]:
    outputs = cell.get("outputs") or []
    assert isinstance(outputs, list)
    return {output["output_type"] for output in outputs}


def _chapters(result: Result, by_test: bool) -> str:
    if by_test:
        return CHAPTER["test"] if result.model == GLOVE else "–"
    if result.reviews in (CHAPTER_SIZE, ALL_TRAINING):
        return CHAPTER[result.model]
    return "–"


def _catching_up(results: Sequence[Result]) -> str:
    """From how many reviews on the learned embedding is ahead, in a sentence."""
    means = {(one.model, one.reviews): fmean(one.accuracies) for one in results}
    ahead = [means[SCRATCH, size] >= means[GLOVE, size] for size in SIZES]
    first = next((size for place, size in enumerate(SIZES) if all(ahead[place:])), None)
    if first is None:
        return "With all these sizes the frozen vectors stay ahead."
    return (
        f"From {first:,} reviews on, the embedding that is learned with the task is ahead of the "
        "frozen one: the chapter's point, that borrowed vectors help as long as there is little to "
        "learn from."
    )


if __name__ == "__main__":
    sys.exit(main())
