"""What a data set is to the rest of the course: where its reviews and its vectors are."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class DataSet:
    """A data set on disk, in the file formats of the real reviews and vectors."""

    name: str
    """``small`` or ``full``."""
    reviews: Path
    """The ``aclImdb`` folder, with ``train/{neg,pos}`` and ``test/{neg,pos}``."""
    vectors: Path
    """A GloVe text file."""
    embedding_dim: int
    """The number of values in a vector."""
