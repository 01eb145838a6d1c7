"""A shuffle by hand, counting by sorting and groupby, bisection; explained in German."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "read-reviews": """
from contextlib import ExitStack


def read_reviews(folder):
    texte, urteile = [], []
    for urteil, pol in enumerate(("neg", "pos")):
        for _, _, dateien in os.walk(os.path.join(folder, pol)):
            for datei in sorted(dateien):
                stamm, endung = os.path.splitext(datei)
                if endung != ".txt":
                    continue
                with ExitStack() as stapel:
                    strom = stapel.enter_context(open(os.path.join(folder, pol, datei), "rb"))
                    texte.append(str(strom.read(), encoding="utf-8"))
                urteile.append(urteil)
    return texte, urteile
""",
    "build-word-index": """
from itertools import groupby


def build_word_index(texts):
    # Alle Wörter mit ihrem Platz, nach dem Wort sortiert: gleiche liegen nebeneinander.
    plätze = sorted((w, p) for p, w in enumerate(w for t in texts for w in split_words(t)))
    einträge = []
    for wort, gruppe in groupby(plätze, key=lambda paar: paar[0]):
        gruppe = list(gruppe)
        einträge.append((-len(gruppe), gruppe[0][1], wort))
    einträge.sort()
    return {wort: rang for rang, (_, _, wort) in enumerate(einträge, start=1)}
""",
    "texts-to-sequences": """
from bisect import bisect_left


def texts_to_sequences(texts, word_index, max_words):
    wörter = sorted(word_index)

    def suche(wort):
        stelle = bisect_left(wörter, wort)
        if stelle < len(wörter) and wörter[stelle] == wort:
            return word_index[wort]
        return max_words  # wie ein zu seltenes Wort

    folgen = ((suche(wort) for wort in split_words(text)) for text in texts)
    return [[nummer for nummer in folge if nummer < max_words] for folge in folgen]
""",
    "shuffle-and-split": """
import random


def shuffle_and_split(data, labels, n_train, n_val, seed):
    zufall = random.Random(seed)
    folge = list(range(len(data)))
    for i in range(len(folge) - 1, 0, -1):
        j = zufall.randint(0, i)
        folge[i], folge[j] = folge[j], folge[i]
    lern, prüf = folge[:n_train], folge[n_train : n_train + n_val]
    return data[lern], labels[lern], data[prüf], labels[prüf]
""",
}
