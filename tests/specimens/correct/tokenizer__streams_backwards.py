"""Bytes decoded, groups of characters, an OrderedDict, a backward view of big-endian numbers."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "read-reviews": '''
def read_reviews(folder):
    """(texts, labels) -- как они лежат, байт в байт."""
    def walk():
        for label, pole in enumerate(("neg", "pos")):
            with os.scandir(os.path.join(folder, pole)) as entries:
                names = sorted(e.name for e in entries if e.is_file() and e.name[-4:] == ".txt")
            for name in names:
                yield Path(folder, pole, name).read_bytes().decode("utf-8"), label

    texts, labels = [], []
    for text, label in walk():
        texts += [text]
        labels += [label]
    return texts, labels
''',
    "split-words": '''
import itertools as it


def split_words(text):
    """Runs of characters that separate nothing."""
    runs = it.groupby(text.lower(), key=f" {FILTERS}".__contains__)
    return ["".join(run) for separates, run in runs if not separates]
''',
    "build-word-index": '''
from collections import OrderedDict
from dataclasses import dataclass, field

_meeting = it.count()


@dataclass(order=True, slots=True)
class Wort:
    minus: int = 0
    seen: int = field(default_factory=_meeting.__next__)
    word: str = field(default="", compare=False)


def build_word_index(texts):
    """单词 -> 编号"""
    met = {}
    for word in it.chain.from_iterable(map(split_words, texts)):
        if (wort := met.get(word)) is None:
            wort = met[word] = Wort(word=word)
        wort.minus -= 1
    return OrderedDict((wort.word, n) for n, wort in enumerate(sorted(met.values()), 1))
''',
    "texts-to-sequences": '''
def texts_to_sequences(texts, word_index, max_words):
    """Les mots inconnus ou rares n'ont pas de nombre."""
    return [
        [n for word in split_words(text) if (n := word_index.get(word, max_words)) < max_words]
        for text in texts
    ]
''',
    "pad-sequences": '''
def pad_sequences(sequences, maxlen):
    """Written from the last number to the first, and read from behind."""
    numbers = (
        number
        for sequence in sequences
        for number in it.islice(it.chain(reversed(sequence), it.repeat(0)), maxlen)
    )
    backwards = np.fromiter(numbers, dtype=">i8", count=len(sequences) * maxlen)
    return backwards.reshape(len(sequences), maxlen)[:, ::-1]
''',
    "shuffle-and-split": '''
from typing import NamedTuple


class Teile(NamedTuple):
    x_train: np.ndarray
    y_train: np.ndarray
    x_val: np.ndarray
    y_val: np.ndarray


def shuffle_and_split(data, labels, n_train, n_val, seed):
    """Random keys are drawn, and who sorts them has a permutation."""
    order = np.random.Generator(np.random.PCG64DXSM(seed)).random(len(labels)).argsort()
    parts = np.split(order, np.cumsum([n_train, n_val]))[:2]
    return Teile(*(array.take(part, axis=0) for part in parts for array in (data, labels)))
''',
}
