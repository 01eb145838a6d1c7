"""Reads a GloVe file of full size in several ways, in turn; writes docs/parsing.md.

    make bench-parsing        (or: .venv/bin/python benchmarks/parsing.py [--rounds N])

The file is made for the purpose, as large as the published ``glove.6B.100d.txt``: 400,000 lines of a
word and 100 numbers. Each reading happens in a process of its own and fills a dictionary from words to
float32 arrays. *Line by line* is how Keras's own examples read such a file; *by blocks* is the
fastest we found with NumPy: some thousand lines at a time, all their numbers in one call. Both pass
over words with spaces.
"""

from __future__ import annotations

import argparse
import multiprocessing
import platform
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
from numpy.typing import NDArray

from course import reference

ROOT = Path(__file__).resolve().parents[1]
REPORT = ROOT / "docs" / "parsing.md"
LINES, DIM = 400_000, 100
ODD = {1_000: ". . .", 200_000: "at\N{NO-BREAK SPACE}name"}
"""Words of some lines that a simple parser would cut; the published file has a few such."""
BLOCK = 4_000

Vectors = dict[str, NDArray[np.float32]]
Parser = Callable[[Path, int], Vectors]


def main() -> None:
    """Measure and write the report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    seen: dict[str, list[tuple[float, float, int]]] = {name: [] for name in WAYS}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "glove.made.100d.txt")
        write(path)
        size = path.stat().st_size
        for number in range(rounds):
            for name in WAYS:
                seen[name].append(apart(name, path))
                print(number + 1, name, *(f"{value:.1f}" for value in seen[name][-1]), flush=True)
    REPORT.write_text("\n".join(report(rounds, size, seen)), encoding="utf-8")
    print(f"wrote {REPORT}")


def write(path: Path) -> None:
    """Write a file of the published one's size, with some odd words."""
    rng = np.random.default_rng(0)
    numbers = np.array([f"{number:.5g}" for number in rng.normal(0, 0.4, 50_000)], dtype=object)
    with path.open("w", encoding="utf-8") as file:
        for line in range(LINES):
            row = numbers[rng.integers(0, len(numbers), DIM)]
            file.write(f"{ODD.get(line, f'w{line}')} {' '.join(row)}\n")


def apart(name: str, path: Path) -> tuple[float, float, int]:
    """Seconds of processor time, MiB that were added at most, and words, in a fresh process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(measure, (name, path))


def measure(name: str, path: Path) -> tuple[float, float, int]:
    """See :func:`apart`."""
    parse = WAYS[name]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    vectors = parse(path, DIM)
    seconds = time.process_time() - started
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return seconds, (after - before) / 1024, len(vectors)


def learners(path: Path, embedding_dim: int) -> Vectors:
    """As the notebook's solution does it."""
    notebook = nbformat.read(ROOT / "source/glove_matrix/glove_matrix.ipynb", as_version=4)
    (cell,) = (cell for cell in notebook.cells if cell.id == "parse-glove")
    namespace: dict[str, Any] = {"np": np, "Path": Path}
    exec(cell.source, namespace)
    vectors: Vectors = namespace["parse_glove"](path, embedding_dim)
    return vectors


def line_by_line(path: Path, embedding_dim: int) -> Vectors:
    """As Keras's examples do it, who take every word to be without spaces."""
    vectors: Vectors = {}
    with path.open(encoding="utf-8") as file:
        for line in file:
            word, numbers = line.split(maxsplit=1)
            try:
                vectors[word] = np.fromstring(numbers, dtype=np.float32, sep=" ")
            except ValueError:  # the word has a space
                continue
    return vectors


def by_blocks(path: Path, embedding_dim: int) -> Vectors:
    """Many lines at a time, without those whose word has a space."""
    vectors: Vectors = {}
    with path.open(encoding="utf-8") as file:
        while lines := list(islice(file, BLOCK)):
            pairs = [line.split(" ", 1) for line in lines if line.count(" ") == embedding_dim]
            words, numbers = zip(*pairs, strict=True)
            matrix = np.fromstring(" ".join(numbers), dtype=np.float32, sep=" ")
            vectors.update(zip(words, matrix.reshape(-1, embedding_dim), strict=True))
    return vectors


WAYS: dict[str, Parser] = {
    "the course's reference": reference.parse_glove,
    "the notebook's solution": learners,
    "line by line": line_by_line,
    "by blocks": by_blocks,
}


def report(
    rounds: int, size: int, seen: dict[str, list[tuple[float, float, int]]]
) -> Iterator[str]:
    """The lines of docs/parsing.md."""
    yield "# Reading 400,000 vectors"
    yield ""
    yield "Written by `make bench-parsing`; `benchmarks/parsing.py` says how it measures."
    yield ""
    yield (
        f"A file of {LINES:,} lines of {DIM} numbers, {size / 1e6:,.0f} MB. {platform.system()} "
        f"{platform.release()}, Python {platform.python_version()}, NumPy {version('numpy')}; "
        f"medians of {rounds} rounds, in each of which every way has its turn."
    )
    yield ""
    yield "| way | processor time | peak memory added | words found | times the fastest |"
    yield "| --- | --: | --: | --: | --: |"
    times = {name: statistics.median(time for time, _, _ in rows) for name, rows in seen.items()}
    for name, rows in seen.items():
        memory = statistics.median(memory for _, memory, _ in rows)
        yield (
            f"| {name} | {times[name]:.1f} s | {memory:,.0f} MiB | {rows[0][2]:,} | "
            f"{times[name] / min(times.values()):.2f} |"
        )
    yield ""
    yield (
        f"The vectors themselves take {LINES * DIM * 4 / (1 << 20):.0f} MiB; the rest is words, "
        "dictionary and array objects."
    )
    yield ""


if __name__ == "__main__":
    main()
