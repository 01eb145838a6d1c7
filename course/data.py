"""Where the course's two data sets are: the small one, generated, and the full one, given.

Both look alike: an ``aclImdb`` folder of reviews and a GloVe text file of vectors.
"""

import hashlib
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from course import small as small_set
from course.dataset import DataSet

CACHE_VARIABLE = "GLOVEBOX_CACHE"
DATA_VARIABLE = "GLOVEBOX_DATA"
VECTORS_VARIABLE = "GLOVEBOX_VECTORS"

REVIEW_FOLDERS = ("train/neg", "train/pos", "test/neg", "test/pos")
"""Where the reviews are, within the folder that holds them all."""

_ABANDONED_AFTER = 24 * 3600
"""Seconds after which a half-written set in the cache belongs to a process that was killed."""
_CHAPTERS_DIM = 100

__all__ = ["REVIEW_FOLDERS", "DataError", "DataSet", "full", "full_folder", "small", "vectors_in"]


class DataError(Exception):
    """The data is not where it should be. The message says what, where, and what to do next."""


def small(cache: Path | None = None, progress: small_set.Progress | None = None) -> DataSet:
    """The small data set, generated on first use (about half a minute), then read from the cache.

    The cache is ``cache``, or the folder that GLOVEBOX_CACHE names, or the user's own cache folder;
    the set's place in it depends on the generator's source, so a changed generator writes anew.
    Raises DataError when it cannot be written.
    """
    cache = cache or _cache_folder()
    folder = cache / f"small-{_generator_version()}"
    if not folder.is_dir():
        try:
            _generate(folder, progress)
        except (OSError, RuntimeError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            raise DataError(
                f"the small data set could not be written to {cache} ({reason}); "
                f"make room there or name another folder in {CACHE_VARIABLE}."
            ) from error
    return DataSet(
        name="small",
        reviews=folder / small_set.REVIEWS_FOLDER,
        vectors=folder / small_set.VECTORS_FILE,
        embedding_dim=small_set.EMBEDDING_DIM,
    )


def full(folder: Path | None = None) -> DataSet:
    """The real reviews and vectors, from ``folder`` or else :func:`full_folder`.

    The vectors are the file that GLOVEBOX_VECTORS names (in the folder, or by its path). Without
    it, the ``glove*.txt`` with the most vectors, since that covers the most words; among those with
    about as many, the 100-dimensional one, which the chapter uses, or else the smallest. Raises
    DataError.
    """
    if folder is None:
        folder = full_folder()
        if not (os.environ.get(DATA_VARIABLE) or folder.is_dir()):
            raise DataError(
                f"{DATA_VARIABLE} is not set; let it name the folder that holds aclImdb/ and a "
                "glove*.txt, or get both with `glovebox data fetch`."
            )
    reviews = folder / "aclImdb"
    for part in REVIEW_FOLDERS:
        if not (reviews / part).is_dir():
            raise DataError(
                f"{reviews / part} is missing; unpack the Large Movie Review Dataset into {folder}."
            )
    vectors, dimension = vectors_in(folder)
    return DataSet("full", reviews, vectors, dimension)


def full_folder() -> Path:
    """The folder that GLOVEBOX_DATA names, or else the one in the cache that downloads go to."""
    named = os.environ.get(DATA_VARIABLE)
    return Path(named) if named else _cache_folder() / "full"


def vectors_in(folder: Path) -> tuple[Path, int]:
    """The GloVe text file in a folder that :func:`full` takes, and its vectors' dimension.

    Raises DataError when there is none.
    """
    path = _choose_vectors(folder)
    return path, _dimension(path)


def _generate(folder: Path, progress: small_set.Progress | None) -> None:
    """Write the set beside its place, then move it there in one step."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    for abandoned in folder.parent.glob("writing-*"):
        if time.time() - abandoned.stat().st_mtime > _ABANDONED_AFTER:
            shutil.rmtree(abandoned, ignore_errors=True)
    temporary = Path(tempfile.mkdtemp(prefix="writing-", dir=folder.parent))
    try:
        small_set.write_small(temporary, progress)
        temporary.chmod(0o755)
        try:
            temporary.rename(folder)
        except OSError:
            if not folder.is_dir():  # otherwise another process was faster: its set is the same
                raise
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _cache_folder() -> Path:
    named = os.environ.get(CACHE_VARIABLE)
    if named:
        return Path(named)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "glovebox"


def _generator_version() -> str:
    """A hash of the source that the set is made by."""
    package = Path(__file__).parent
    digest = hashlib.sha256()
    for path in (
        *sorted((package / "grammar").glob("*.py")),
        package / "analogies.py",
        package / "glove.py",
        package / "reference" / "tokenizer.py",
        package / "small.py",
    ):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _choose_vectors(folder: Path) -> Path:
    named = os.environ.get(VECTORS_VARIABLE)
    if named:
        path = folder / named
        if not path.is_file():
            raise DataError(
                f"{path} is missing; let {VECTORS_VARIABLE} name a GloVe text file in {folder}."
            )
        return path
    sizes = {path: _estimated_lines(path) for path in sorted(folder.glob("glove*.txt"))}
    if not sizes:
        raise DataError(
            f"{folder} holds no glove*.txt; put a GloVe text file there, such as glove.6B.100d.txt."
        )
    most = max(sizes.values())
    candidates = [path for path, lines in sizes.items() if lines >= 0.9 * most]
    return min(
        candidates, key=lambda path: (_dimension(path) != _CHAPTERS_DIM, path.stat().st_size)
    )


def _first_line(path: Path) -> bytes:
    """The first line, or the second when the first is a header such as "400000 100"."""
    with path.open("rb") as file:
        line = file.readline()
        return line if len(line.split()) > 2 else file.readline()


def _estimated_lines(path: Path) -> float:
    """About how many vectors a file holds, without reading it: its size over that of a line."""
    return path.stat().st_size / max(1, len(_first_line(path)))


def _dimension(path: Path) -> int:
    """The number of values after the word in the first line of vectors."""
    fields = _first_line(path).rstrip().split(b" ")
    try:
        [float(field) for field in fields[1:]]
    except ValueError:
        fields = []
    if len(fields) < 2:
        raise DataError(
            f"{path} does not begin like a GloVe text file (a word, then numbers); "
            "replace it or name another file in " + VECTORS_VARIABLE + "."
        )
    return len(fields) - 1
