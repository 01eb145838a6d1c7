"""The small data set: generated reviews and vectors, in the file formats of the real ones.

``aclImdb/{train,test}/{neg,pos}/<id>_<rating>.txt`` and ``glove.small.50d.txt``, from fixed seeds.
The same machine writes the same bytes each time: the vectors are trained in a process of their own
whose matrix products run on one thread, since sums depend on how they are divided among threads.

The grammar is imported where it is needed: that takes longer than to read a set that is there.
"""

import gzip
import io
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Collection, Iterable
from itertools import islice
from pathlib import Path

from course import glove
from course.analogies import QUESTIONS
from course.dataset import DataSet

REVIEWS_FOLDER = "aclImdb"
VECTORS_FILE = "glove.small.50d.txt"
REVIEWS_ARCHIVE = "aclImdb_small.tar.gz"
EMBEDDING_DIM = 50
REVIEWS_A_SET = 2000

_SEEDS = {"train": 1701, "test": 1702}
CORPUS_SEED = 1703
_NEVER_MISSING = 150
"""That many of the most frequent words all have a vector."""
_MISSING_EVERY = 9
"""Of the other words of each polarity every ninth has none, so that unknown words matter."""

_ONE_THREAD = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)

Progress = Callable[[float, str], None]
"""Called with the share of the work that is done, 0 to 1, and what is being done."""


def write_small(folder: str | Path, progress: Progress | None = None) -> None:
    """Write reviews, their archive and vectors into an existing folder, in half a minute.

    Raises OSError when the disk is full, RuntimeError when the training of the vectors fails.
    """
    report = progress or _no_progress
    report(0.0, "writing reviews")
    reviews = Path(folder) / REVIEWS_FOLDER
    write_reviews(reviews)
    (Path(folder) / REVIEWS_ARCHIVE).write_bytes(_archive(reviews))
    _train_in_a_process(Path(folder) / VECTORS_FILE, report)
    report(1.0, "done")


def write_reviews(folder: Path) -> None:
    """Write ``{train,test}/{neg,pos}/<id>_<rating>.txt``: 2,000 training and 2,000 test reviews."""
    from course.grammar import generate_reviews

    for name, seed in _SEEDS.items():
        for number, review in enumerate(generate_reviews(seed, REVIEWS_A_SET)):
            path = folder / name / ("neg", "pos")[review.label]
            path.mkdir(parents=True, exist_ok=True)
            file = path / f"{number // 2}_{review.rating}.txt"
            file.write_text(review.text, encoding="utf-8", newline="\n")


def write_vectors(path: Path, progress: Progress) -> None:
    """Train the vectors on the unlabelled corpus and write them as GloVe does, in this process."""
    from course.grammar.corpus import generate_corpus

    path.write_text("")  # a place that cannot be written to shows now, not after the training
    progress(0.02, "writing the corpus")
    # Imported where it is needed: what students install comes without the reference solutions.
    from course.reference.tokenizer import split_words

    texts = [split_words(text) for text in generate_corpus(CORPUS_SEED)]
    progress(0.2, "counting co-occurrences")
    settings = glove.Settings(dim=EMBEDDING_DIM)
    vocabulary = glove.build_vocabulary(texts, settings.min_count)
    counts = glove.count_cooccurrences(texts, vocabulary, settings.window)
    del texts
    vectors = glove.train(
        counts, settings, lambda done: progress(0.35 + 0.63 * done, "training vectors")
    )
    missing = missing_words(vocabulary, words_of_reviews())
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for word, vector in zip(vocabulary, vectors, strict=True):
            if word not in missing:
                file.write(f"{word} {' '.join(f'{value:.5f}' for value in vector)}\n")


def missing_words(vocabulary: Collection[str], words_of_reviews: Iterable[str]) -> set[str]:
    """The words of the vocabulary that get no vector although they could have one.

    ``words_of_reviews`` are the words of the training reviews, the most frequent first. What is
    left out is spread evenly over the frequencies of praise, blame and the rest; the most frequent
    words and those of the analogy questions are spared.
    """
    from course.grammar.sentiment import polarities

    known = set(vocabulary)
    polarity = polarities()
    asked = {word for question in QUESTIONS for word in question}
    classes: dict[int, list[str]] = {-1: [], 0: [], 1: []}
    for word in islice(words_of_reviews, _NEVER_MISSING, None):
        if word in known and word not in asked:
            classes[polarity.get(word, 0)].append(word)
    return {
        word for words in classes.values() for word in words[_MISSING_EVERY // 2 :: _MISSING_EVERY]
    }


def pack_small(
    dataset: DataSet, folder: str | Path, names: Collection[str] = (REVIEWS_ARCHIVE, VECTORS_FILE)
) -> list[Path]:
    """Write what travels with an assignment into ``folder``; return the paths written.

    ``names`` says which files: the archive of the reviews (which holds the tree ``aclImdb/``), the
    vectors, or both. The same data gives the same bytes. Raises ValueError for another name.
    """
    written = []
    for name in names:
        if name not in (REVIEWS_ARCHIVE, VECTORS_FILE):
            raise ValueError(f"the small data set has no file {name!r} to pack")
        # Both lie beside the reviews, as write_small left them.
        written.append(Path(shutil.copyfile(dataset.reviews.parent / name, Path(folder) / name)))
    return written


def words_of_reviews() -> list[str]:
    """The words of the training reviews, the most frequent first."""
    from course.grammar import generate_reviews

    reviews = generate_reviews(_SEEDS["train"], REVIEWS_A_SET)
    from course.reference.tokenizer import build_word_index

    return list(build_word_index(review.text for review in reviews))


def unpack_reviews(folder: Path) -> None:
    """Unpack the archive of reviews that lies in a folder there, unless that has been done."""
    if not (folder / REVIEWS_FOLDER).exists():
        with tarfile.open(folder / REVIEWS_ARCHIVE) as archive:
            archive.extractall(folder, filter="data")


def _archive(reviews: Path) -> bytes:
    """The reviews as a tar.gz without time stamps, owners or any other trace of the machine."""
    buffer = io.BytesIO()
    with (
        gzip.GzipFile(filename="", mode="wb", fileobj=buffer, mtime=0) as zipped,
        tarfile.open(fileobj=zipped, mode="w", format=tarfile.USTAR_FORMAT) as archive,
    ):
        for path in sorted(reviews.rglob("*.txt")):
            content = path.read_bytes()
            entry = tarfile.TarInfo(f"{REVIEWS_FOLDER}/{path.relative_to(reviews).as_posix()}")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return buffer.getvalue()


def _train_in_a_process(path: Path, progress: Progress) -> None:
    environment = os.environ | dict.fromkeys(_ONE_THREAD, "1")
    package_folder = str(Path(__file__).resolve().parent.parent)
    environment["PYTHONPATH"] = os.pathsep.join(
        filter(None, (package_folder, os.environ.get("PYTHONPATH")))
    )
    command = [sys.executable, "-m", "course.small", str(path)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            for line in process.stdout:
                done, _, what = line.rstrip("\n").partition(" ")
                progress(float(done), what)
        except BaseException:
            process.kill()
            raise
    if process.returncode != 0:
        raise RuntimeError(f"training its vectors ended with exit code {process.returncode}")


def _no_progress(done: float, what: str) -> None:
    pass


def _print_progress(done: float, what: str) -> None:
    print(f"{done:.3f} {what}", flush=True)


if __name__ == "__main__":
    try:
        write_vectors(Path(sys.argv[1]), _print_progress)
    except OSError as error:
        sys.exit(f"{error.filename}: {error.strerror}")
