"""Type hints, docstrings, dataclasses, assertions on the arguments, early returns."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "read-reviews": '''
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Review:
    """A review file; reviews sort by label, then by name."""

    label: int
    name: str
    path: Path = field(compare=False)

    @property
    def text(self) -> str:
        return self.path.read_bytes().decode("utf-8")


def find_reviews(folder: Path) -> Iterator[Review]:
    """Yield the reviews of a folder in any order."""
    for path in folder.glob("*/*.txt"):
        if path.parent.name in ("neg", "pos"):
            yield Review(("neg", "pos").index(path.parent.name), path.name, path)


def read_reviews(folder: str | Path) -> tuple[list[str], list[int]]:
    """Return the texts and their labels, the negative reviews first."""
    if not isinstance(folder, Path):
        folder = Path(folder)
    if not folder.is_dir():
        raise NotADirectoryError(folder)
    reviews = sorted(find_reviews(folder))
    return [review.text for review in reviews], [review.label for review in reviews]
''',
    "split-words": '''
def split_words(text: str) -> list[str]:
    """Return the words of a text; a TypeError for anything else."""
    if not isinstance(text, str):
        raise TypeError(f"text must be a string, not {type(text).__name__}")
    if not text:
        return []
    spaces = text.lower().maketrans(dict.fromkeys(FILTERS, " "))
    return [word for word in text.lower().translate(spaces).split(" ") if word]
''',
    "build-word-index": '''
@dataclass
class Entry:
    """What is known of a word while it is being counted."""

    first_seen: int
    count: int = 0

    def rank_key(self) -> tuple[int, int]:
        return -self.count, self.first_seen


def build_word_index(texts: Sequence[str]) -> dict[str, int]:
    """Return the rank of each word, from 1."""
    entries: dict[str, Entry] = {}
    for text in texts:
        for word in split_words(text):
            entry = entries.setdefault(word, Entry(first_seen=len(entries)))
            entry.count += 1
    ranked = sorted(entries, key=lambda word: entries[word].rank_key())
    index: dict[str, int] = {word: rank for rank, word in enumerate(ranked, start=1)}
    assert 0 not in index.values()
    return index
''',
    "texts-to-sequences": '''
def texts_to_sequences(
    texts: Sequence[str], word_index: Mapping[str, int], max_words: int
) -> list[list[int]]:
    """Return the numbers of the words that have one below max_words."""

    def keep(word: str) -> bool:
        return word in word_index and word_index[word] < max_words

    return [[word_index[word] for word in split_words(text) if keep(word)] for text in texts]
''',
    "pad-sequences": '''
def pad_sequences(sequences: Sequence[Sequence[int]], maxlen: int) -> np.ndarray:
    """Return an int32 array; short sequences are padded, long ones cut, at the front."""
    assert maxlen >= 1, "maxlen is at least 1"
    if len(sequences) == 0:
        return np.zeros((0, maxlen), np.int32)
    rows = [
        np.pad(np.asarray(sequence[-maxlen:], np.int32), (max(maxlen - len(sequence), 0), 0))
        for sequence in sequences
    ]
    return np.stack(rows)
''',
    "shuffle-and-split": '''
def shuffle_and_split(
    data: np.ndarray, labels: np.ndarray, n_train: int, n_val: int, seed: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return x_train, y_train, x_val, y_val."""
    n = len(data)
    if len(labels) != n:
        raise ValueError("data and labels differ in length")
    if n_train + n_val > n:
        raise ValueError(f"{n_train} + {n_val} samples were asked for, there are {n}")
    generator = np.random.Generator(np.random.PCG64(seed))
    train, val = np.array_split(generator.permutation(n)[: n_train + n_val], [n_train])
    return data[train], labels[train], data[val], labels[val]
''',
}
