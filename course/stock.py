"""What there is of the full data, and whether it is whole."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from course import data

REVIEWS_A_FOLDER = 12_500


@dataclass(frozen=True)
class Part:
    """One part of the data: whether a notebook can use it, and what there is or what to do."""

    what: str
    whole: bool
    said: str


def take_stock(folder: Path) -> list[Part]:
    """The reviews and the vectors in a data folder."""
    return [_reviews(folder / "aclImdb"), _vectors(folder)]


def _reviews(folder: Path) -> Part:
    if not folder.is_dir():
        return _nothing("reviews", f"{folder} does not exist", "--reviews")
    counts = {part: len(list((folder / part).glob("*.txt"))) for part in data.REVIEW_FOLDERS}
    short = [f"{count:,} in {part}" for part, count in counts.items() if count < REVIEWS_A_FOLDER]
    if short:
        said = f"{folder} has only {' and '.join(short)}, where {REVIEWS_A_FOLDER:,} should be"
        return Part("reviews", False, f"{said}; move it away and fetch them anew.")
    return Part("reviews", True, f"{sum(counts.values()):,} in {folder}")


def _vectors(folder: Path) -> Part:
    if not list(folder.glob("glove*.txt")):
        return _nothing("vectors", f"{folder} holds no glove*.txt", "--vectors")
    try:
        path, dimension = data.vectors_in(folder)
    except data.DataError as error:
        return Part("vectors", False, str(error))
    with path.open("rb") as file:
        words = sum(piece.count(b"\n") for piece in iter(lambda: file.read(1 << 20), b""))
    return Part("vectors", True, f"{words:,} of {dimension} numbers in {path}")


def _nothing(what: str, said: str, option: str) -> Part:
    return Part(what, False, f"{said}; `glovebox data fetch {option}` gets them.")
