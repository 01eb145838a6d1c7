"""Measure the lesson on a data set: ``python -m course.measure``.

How well do the chapter's models judge reviews they have not seen, with the GloVe vectors and
without, with few training reviews and with many, and with vectors that are wrong? Every number is a
mean over several runs; a run has its own draw of training reviews and its own initial weights.
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean, stdev
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from course import data, reference
from course.analogies import QUESTIONS
from course.dataset import DataSet

if TYPE_CHECKING:
    import keras

MAXLEN = 100
FIRST_MODEL_MAXLEN, FIRST_MODEL_DIM = 20, 8
WORDS = {"small": 4_000, "full": 10_000}
"""The size of the vocabulary that the models use, by data set."""

GLOVE, SCRATCH = "GloVe, frozen", "learned from scratch"
DOWN, UP, RANDOM = "GloVe, one row too low", "GloVe, one row too high", "random vectors, frozen"
SORTED, NEVER = "GloVe, rows by the alphabet", "frozen, but never loaded"
FIRST = "first model, last 20 words"

FRESH_SEED, FRESH_REVIEWS = 60_221, 1000
_HELD_OUT = 10_000
"""On the full data, so many other training reviews judge a model, as in the chapter; fewer, if the
model is trained on more than the rest."""
_START_MARK, _END_MARK = "<!-- measured -->", "<!-- /measured -->"


@dataclass(frozen=True)
class Encoded:
    """A data set as arrays: reviews to draw from, reviews to judge by, and the GloVe matrix."""

    name: str
    words: int
    word_index: dict[str, int]
    vectors: dict[str, NDArray[np.float32]]
    matrix: NDArray[np.float32]
    train_texts: list[str]
    x: NDArray[Any]
    y: NDArray[Any]
    x_test: NDArray[Any]
    y_test: NDArray[Any]


@dataclass(frozen=True)
class Result:
    """The accuracies (0 to 1) of one kind of model trained on ``reviews`` reviews, one a run."""

    model: str
    reviews: int
    accuracies: tuple[float, ...]

    def row(self) -> tuple[str, str, str, str, str, str]:
        """Model, reviews, runs, mean, standard deviation, range: the cells of a table."""
        low, high = min(self.accuracies), max(self.accuracies)
        spread = stdev(self.accuracies) if len(self.accuracies) > 1 else 0.0
        return (
            self.model,
            f"{self.reviews:,}",
            str(len(self.accuracies)),
            f"{fmean(self.accuracies):.3f}",
            f"{spread:.3f}",
            f"{low:.3f}–{high:.3f}",
        )


HEADER = ("model", "training reviews", "runs", "mean accuracy", "sd", "range")


def encode(dataset: DataSet) -> Encoded:
    """Read and encode a data set with the vocabulary of its training reviews."""
    words = WORDS[dataset.name]
    texts, labels = reference.read_reviews(dataset.reviews / "train")
    word_index = reference.build_word_index(texts)
    vectors = reference.parse_glove(dataset.vectors, dataset.embedding_dim)
    x_test, y_test = reference.prepare_test_set(dataset.reviews / "test", word_index, words, MAXLEN)
    return Encoded(
        name=dataset.name,
        words=words,
        word_index=word_index,
        vectors=vectors,
        matrix=reference.build_embedding_matrix(word_index, vectors, words, dataset.embedding_dim),
        train_texts=texts,
        x=reference.encode(texts, word_index, words, MAXLEN),
        y=np.array(labels),
        x_test=x_test,
        y_test=y_test,
    )


def fresh_reviews(
    word_index: dict[str, int], words: int
) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
    """1,000 generated reviews that are in nobody's files, encoded, and their labels."""
    texts, labels = _fresh_texts()
    return reference.encode(texts, word_index, words, MAXLEN), np.array(labels)


@functools.cache
def _fresh_texts() -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Those reviews as texts: the same for every submission that a process grades."""
    from course.grammar import generate_reviews

    reviews = generate_reviews(FRESH_SEED, FRESH_REVIEWS)
    return tuple(review.text for review in reviews), tuple(review.label for review in reviews)


def accuracy(
    encoded: Encoded, model: str, reviews: int, seed: int, by_test: bool | None = None
) -> float:
    """Train one model on one draw of reviews; its accuracy (0 to 1) on reviews it has not seen.

    The small set is judged by its test reviews, the full one by other training reviews unless
    ``by_test`` says otherwise, the first model by a fifth of its training reviews that it was not
    trained on (all as in the chapter).
    """
    import keras

    keras.utils.set_random_seed(seed)
    if model == FIRST:
        x = reference.encode(
            encoded.train_texts, encoded.word_index, encoded.words, FIRST_MODEL_MAXLEN
        )
        held_out = reviews // 5
        split = reference.shuffle_and_split(x, encoded.y, reviews - held_out, held_out, seed)
        return _validated(
            reference.build_learned_model(encoded.words, FIRST_MODEL_DIM, FIRST_MODEL_MAXLEN), split
        )
    if by_test is None:
        by_test = encoded.name != "full"
    if not by_test:
        held_out = min(_HELD_OUT, len(encoded.y) - reviews)
        split = reference.shuffle_and_split(encoded.x, encoded.y, reviews, held_out, seed)
    else:
        drawn = reference.shuffle_and_split(encoded.x, encoded.y, reviews, 0, seed)
        split = (drawn[0], drawn[1], encoded.x_test, encoded.y_test)
    dim = encoded.matrix.shape[1]
    if model == SCRATCH:
        return _validated(reference.build_scratch_model(encoded.words, dim, MAXLEN), split)
    network = reference.build_model(encoded.words, dim, MAXLEN)
    return _validated(
        reference.load_and_freeze(network, _matrix(encoded, model, seed, network)), split
    )


def _matrix(encoded: Encoded, model: str, seed: int, network: keras.Model) -> NDArray[np.float32]:
    """The matrix that a kind of model freezes; only one kind has the right one."""
    right = encoded.matrix
    if model == GLOVE:
        return right
    if model in (DOWN, UP):
        return np.roll(right, 1 if model == DOWN else -1, axis=0)
    if model == RANDOM:
        return _random_like(right, seed)
    if model == SORTED:
        alphabetical = {word: row for row, word in enumerate(sorted(encoded.word_index), start=1)}
        return reference.build_embedding_matrix(
            alphabetical, encoded.vectors, encoded.words, right.shape[1]
        )
    if model == NEVER:
        initial: NDArray[np.float32] = network.get_weights()[0]
        return initial
    raise ValueError(f"there is no model {model!r}")


def runs(name: str, seeds: int) -> Iterator[tuple[str, int, int]]:
    """What is measured: model, training reviews, number of runs."""
    for model in (GLOVE, SCRATCH, DOWN, UP, RANDOM):
        yield model, 200, seeds
    few = max(1, seeds // 4)
    for reviews in (500, 1_000, 2_000) if name == "small" else (2_000, 8_000):
        yield GLOVE, reviews, few
        yield SCRATCH, reviews, few
    yield FIRST, 2_000 if name == "small" else 25_000, few


def answered(encoded: Encoded) -> int:
    """How many of the 50 analogy questions the vectors answer at rank 1."""
    return sum(
        all(word in encoded.vectors for word in (a, b, c))
        and reference.analogy(a, b, c, encoded.vectors) == d
        for a, b, c, d in QUESTIONS
    )


def facts(encoded: Encoded) -> dict[str, str]:
    """What a reader wants to know of the data set besides accuracies."""
    shares = [
        reference.coverage(encoded.word_index, encoded.vectors, words)
        for words in (encoded.words, len(encoded.word_index) + 1)
    ]
    return {
        "distinct words in the training reviews": f"{len(encoded.word_index):,}",
        "words the models use": f"{encoded.words - 1:,}",
        "of these with a vector": f"{shares[0]:.1%}",
        "of all words with a vector": f"{shares[1]:.1%}",
        "words with a vector": f"{len(encoded.vectors):,}",
        "analogies answered at rank 1": f"{answered(encoded)} of {len(QUESTIONS)}",
    }


def markdown(described: dict[str, str], results: Sequence[Result]) -> str:
    """The facts and the results as two Markdown tables."""
    lines = ["| what | measured |", "| --- | --- |"]
    lines += [f"| {what} | {value} |" for what, value in described.items()]
    lines += ["", f"| {' | '.join(HEADER)} |", "| --- | --: | --: | --: | --: | --: |"]
    lines += [f"| {' | '.join(result.row())} |" for result in results]
    return "\n".join(lines)


def put_into_page(page: Path, tables: str | None) -> None:
    """Replace what stands between the page's two marks; with None, only look whether it could.

    Raises ValueError when the marks are missing, OSError when the page cannot be read or written.
    """
    text = page.read_text(encoding="utf-8")
    before, start, rest = text.partition(_START_MARK)
    _, end, after = rest.partition(_END_MARK)
    if not start or not end:
        raise ValueError(
            f"{page} has no place for the tables: put {_START_MARK} {_END_MARK} in it."
        )
    if tables is not None:
        page.write_text(f"{before}{start}\n{tables}\n{end}{after}", encoding="utf-8")


def use_one_thread() -> None:
    """Have TensorFlow, once it is imported, compute with one thread, so that figures repeat."""
    for variable in ("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(variable, "1")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables, and write them where the options say; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m course.measure", description=__doc__)
    parser.add_argument("--data", choices=("small", "full"), default="small")
    parser.add_argument("--seeds", type=int, default=20, help="runs with 200 reviews (default 20)")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--markdown", type=Path, help="put the tables into this page")
    options = parser.parse_args(arguments)
    use_one_thread()
    try:
        if options.markdown:
            put_into_page(options.markdown, None)
        encoded = encode(data.small() if options.data == "small" else data.full())
        described, results = facts(encoded), _measure(encoded, options.seeds)
        if options.json:
            figures = {"facts": described, "results": [asdict(result) for result in results]}
            options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
        if options.markdown:
            put_into_page(options.markdown, markdown(described, results))
    except (data.DataError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    print(markdown(described, results))
    return 0


def _measure(encoded: Encoded, seeds: int) -> list[Result]:
    from rich.console import Console
    from rich.progress import Progress

    plan = list(runs(encoded.name, seeds))
    results = []
    with Progress(console=Console(stderr=True)) as progress:
        # A run costs about as much as the reviews it trains on, plus judging those held out.
        weight = {run: run[1] + 2_000 for run in plan}
        task = progress.add_task("measuring", total=sum(weight[run] * run[2] for run in plan))
        for run in plan:
            model, reviews, count = run
            accuracies = []
            for seed in range(count):
                progress.update(task, description=f"{model}, {reviews:,} reviews")
                accuracies.append(accuracy(encoded, model, reviews, seed))
                progress.advance(task, weight[run])
            results.append(Result(model, reviews, tuple(accuracies)))
    return results


def _validated(
    model: keras.Model, split: tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]]
) -> float:
    """Train as the chapter does; the accuracy on the validation part after the last epoch."""
    with tempfile.TemporaryDirectory() as folder:
        history = reference.train(model, *split, Path(folder) / "model.weights.h5")
    return history["val_accuracy"][-1]


def _random_like(matrix: NDArray[np.float32], seed: int) -> NDArray[np.float32]:
    """Random vectors of the same spread, for every word; row 0 stays zero."""
    rng = np.random.default_rng(seed)
    vectors = rng.normal(0.0, matrix[1:].std(), matrix.shape).astype(np.float32)
    vectors[0] = 0
    return vectors


if __name__ == "__main__":
    sys.exit(main())
