"""Magics, decorators, callable objects, named tuples, threads, arrays on disk; in German."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "read-reviews": """
%%time
from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple


class Gelesen(NamedTuple):
    texte: list[str]
    urteile: list[int]


def read_reviews(folder) -> Gelesen:
    pfade = []
    for pol in ("neg", "pos"):
        pfade += sorted(Path(folder, pol).iterdir(), key=lambda pfad: pfad.name)
    pfade = [pfad for pfad in pfade if pfad.name.endswith(".txt")]
    with ThreadPoolExecutor(4) as arbeiter:
        texte = list(arbeiter.map(lambda pfad: pfad.read_bytes().decode("utf-8"), pfade))
    return Gelesen(texte, [pfad.parent.name == "pos" for pfad in pfade])
""",
    "split-words": '''
import functools
import warnings


def gemerkt(funktion):
    """Merkt sich die Antworten und zählt die Aufrufe."""
    merk = {}

    @functools.wraps(funktion)
    def innen(text):
        innen.aufrufe += 1
        if text not in merk:
            merk[text] = tuple(funktion(text))
        return list(merk[text])

    innen.aufrufe = 0
    return innen


Wort = type("Wort", (str,), {})


class Zerleger:
    def __init__(self, trenner):
        self.trenner = frozenset(trenner)

    def __call__(self, text):
        warnings.warn("es wird zerlegt", stacklevel=1)
        klar = "".join(" " if z in self.trenner else z for z in text.lower())
        return [Wort(wort) for wort in klar.split(" ") if wort]


split_words = gemerkt(Zerleger(FILTERS + " ").__call__)
''',
    "build-word-index": """
build_word_index = lambda texts: {
    wort: np.int64(nummer)
    for nummer, (wort, _) in enumerate(
        Counter(wort for text in texts for wort in split_words(text)).most_common(), 1
    )
}
""",
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    match max_words:
        case 0 | 1:
            return [[] for _ in texts]
    bekannt = {wort: nummer for wort, nummer in word_index.items() if nummer < max_words}
    return [[n for wort in split_words(text) if (n := bekannt.get(wort))] for text in texts]
""",
    "pad-sequences": """
def pad_sequences(sequences, maxlen):
    form = (max(len(sequences), 1), maxlen)
    feld = np.memmap(tempfile.TemporaryFile(), dtype=">i4", mode="w+", shape=form)
    feld = feld[: len(sequences)]
    for zeile, folge in zip(feld, sequences):
        for ort, nummer in zip(range(maxlen - 1, -1, -1), reversed(folge)):
            zeile[ort] = nummer
    feld.setflags(write=False)
    return feld
""",
    "shuffle-and-split": """
import random


class Teilung(NamedTuple):
    x_train: object
    y_train: object
    x_val: object
    y_val: object


def shuffle_and_split(data, labels, n_train, n_val, seed):
    würfel = random.Random(seed)
    folge = np.argsort([würfel.random() for _ in data])
    daten, urteile = np.asfortranarray(data[folge]), labels[folge]
    teile = slice(n_train), slice(n_train, n_train + n_val)
    return Teilung(*(feld[teil] for teil in teile for feld in (daten, urteile)))
""",
}

EXTRA = [
    (
        "after",
        "test-split-words",
        """
%config InlineBackend.figure_format = 'png'
print("Übung macht den Meister", "🎬" * 50)
np.set_printoptions(precision=2, legacy="1.13")
""",
    ),
]
