"""A class that holds words and unit vectors serves the two geometry exercises; type hints."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "parse-glove": '''
from __future__ import annotations

from collections.abc import Iterator

Vectors = dict[str, np.ndarray]


def entries(path: str | os.PathLike, dim: int) -> Iterator[tuple[str, np.ndarray]]:
    """Yield each word of the file with its vector."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            parts = line.rstrip("\\n").split(" ")
            word, numbers = " ".join(parts[:-dim]), parts[-dim:]
            try:
                vector = np.array([np.float32(number) for number in numbers], dtype=np.float32)
            except ValueError:
                continue
            if word and vector.shape == (dim,):
                yield word, vector


def parse_glove(path: str | os.PathLike, embedding_dim: int) -> Vectors:
    """Return the vector of each word."""
    return dict(entries(path, embedding_dim))
''',
    "build-embedding-matrix": '''
def build_embedding_matrix(
    word_index: dict[str, int], vectors: Vectors, max_words: int, embedding_dim: int
) -> np.ndarray:
    """Return the matrix; a MemoryError is for the caller to handle."""
    matrix: np.ndarray = np.zeros(shape=(max_words, embedding_dim), dtype=np.single)
    for word, vector in vectors.items():
        match word_index.get(word):
            case int(number) if 1 <= number < max_words:
                matrix[number] = vector
            case _:
                pass
    return matrix
''',
    "coverage": '''
from fractions import Fraction


def coverage(word_index: dict[str, int], vectors: Vectors, max_words: int) -> float:
    """Return the exact share, rounded once."""
    words = {word for word, number in word_index.items() if number < max_words}
    if not words:
        return 0.0
    return float(Fraction(len(words & vectors.keys()), len(words)))
''',
    "nearest-words": '''
from dataclasses import InitVar, dataclass, field


@dataclass
class Space:
    """Words on the unit sphere."""

    vectors: InitVar[Vectors]
    words: list[str] = field(init=False)
    unit: np.ndarray = field(init=False)

    def __post_init__(self, vectors: Vectors) -> None:
        self.words = list(vectors)
        rows = np.stack(list(vectors.values())).astype(float)
        lengths = np.sqrt((rows**2).sum(axis=1, keepdims=True))
        self.unit = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)

    def around(self, point: np.ndarray, *without: str) -> Iterator[str]:
        """Yield the words by falling cosine with a point."""
        for place in np.argsort(self.unit @ point)[::-1]:
            if self.words[place] not in without:
                yield self.words[place]


def nearest_words(word: str, vectors: Vectors, k: int) -> list[str]:
    """Return at most k neighbours."""
    neighbours = Space(vectors).around(vectors[word], word)
    return [near for near, _ in zip(neighbours, range(k))]
''',
    "analogy": '''
def analogy(a: str, b: str, c: str, vectors: Vectors) -> str:
    """Return the first word around b - a + c."""
    return next(Space(vectors).around(vectors[b] - vectors[a] + vectors[c], a, b, c))
''',
}
