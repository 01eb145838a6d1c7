"""The two archives of the full data: where they come from, and what is kept of them.

Raw reviews: Maas et al. 2011, the Large Movie Review Dataset. Vectors: Pennington et al. 2014,
GloVe 6B (Wikipedia 2014 and Gigaword 5).
"""

from __future__ import annotations

import re
import shutil
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from course.data import REVIEW_FOLDERS, DataError

_REVIEW = re.compile(rf"aclImdb/(?:{'|'.join(REVIEW_FOLDERS)})/\d+_\d+\.txt")


@dataclass(frozen=True)
class Archive:
    """A file on the web, and what of it belongs into the data folder.

    Attributes:
        name: the file's name, beside the data until it is unpacked.
        url: where it is.
        sha256: of the whole file, in hexadecimal digits.
        size: of the whole file, in bytes.
        unpacked_size: of what is kept of it, in bytes.
        target: what is kept, relative to the data folder: a folder of reviews or a file of vectors.
    """

    name: str
    url: str
    sha256: str
    size: int
    unpacked_size: int
    target: str

    def unpack(self, path: Path, folder: Path) -> None:
        """Put what is kept of the archive at ``path`` into the data folder, in one step.

        Raises:
            DataError: it holds something else, or cannot be read.
            OSError: the disk is full, or the folder may not be written.
        """
        with _unreadable_told(path), _writing_in(folder) as writing:
            take = _take_file if path.name.endswith(".zip") else _take_reviews
            take(path, self.target, writing)
            (writing / self.target).rename(folder / self.target)


def _take_file(path: Path, target: str, writing: Path) -> None:
    with (
        zipfile.ZipFile(path) as packed,
        packed.open(target) as source,
        (writing / target).open("wb") as sink,
    ):
        shutil.copyfileobj(source, sink, 1 << 20)


def _take_reviews(path: Path, target: str, writing: Path) -> None:
    with tarfile.open(path) as packed:
        for member in packed:
            # Not the 50,000 reviews without a rating, nor the lists of addresses.
            if member.isfile() and _REVIEW.fullmatch(member.name):
                packed.extract(member, writing, filter="data")
    if not (writing / target).is_dir():
        raise FileNotFoundError(target)


@contextmanager
def _writing_in(folder: Path) -> Iterator[Path]:
    """A folder for what is not whole yet, on the same disk; it is gone when the block ends."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=".unpacking-") as writing:
        yield Path(writing)


@contextmanager
def _unreadable_told(path: Path) -> Iterator[None]:
    try:
        yield
    except (KeyError, EOFError, FileNotFoundError) as error:
        raise DataError(f"{path} does not hold what it should; delete it and try again.") from error
    except (tarfile.TarError, zipfile.BadZipFile, zlib.error) as error:
        said = f"{path} cannot be unpacked ({error}); delete it and try again."
        raise DataError(said) from error


REVIEWS = Archive(
    name="aclImdb_v1.tar.gz",
    url="https://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz",
    sha256="c40f74a18d3b61f90feba1e17730e0d38e8b97c05fde7008942e91923d1658fe",
    size=84_125_825,
    # 50,000 small files, as a disk counts them.
    unpacked_size=220_000_000,
    target="aclImdb",
)
VECTORS = Archive(
    name="glove.6B.zip",
    url="https://nlp.stanford.edu/data/glove.6B.zip",
    sha256="617afb2fe6cbd085c235baf7a465b96f4112bd7f7ccb2b2cbd649fed9cbcf2fb",
    size=862_182_613,
    unpacked_size=347_116_733,
    target="glove.6B.100d.txt",
)
