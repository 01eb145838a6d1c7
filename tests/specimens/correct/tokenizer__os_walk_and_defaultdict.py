"""Older style: os.path, defaultdict, OrderedDict, tuples, loops; German comments."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "read-reviews": """
import glob


def read_reviews(folder):
    # Erst die negativen, dann die positiven Kritiken.
    alle_texte, alle_labels = (), ()
    for pole, label in (("neg", 0), ("pos", 1)):
        for dateiname in sorted(glob.glob(os.path.join(str(folder), pole, "*.txt"))):
            with open(dateiname, "rb") as datei:
                alle_texte += (datei.read().decode("utf8"),)
            alle_labels += (label,)
    return alle_texte, alle_labels
""",
    "split-words": """
def split_words(text):
    # Zeichen für Zeichen: jedes Filterzeichen beendet ein Wort.
    woerter, wort = [], ""
    for zeichen in text.lower() + " ":
        if zeichen == " " or zeichen in FILTERS:
            if wort != "":
                woerter.append(wort)
            wort = ""
        else:
            wort += zeichen
    return woerter
""",
    "build-word-index": """
from collections import OrderedDict, defaultdict


def build_word_index(texts):
    anzahl = defaultdict(int)
    for text in texts:
        for wort in split_words(text):
            anzahl[wort] += 1
    # Die Reihenfolge des ersten Auftretens entscheidet bei gleicher Häufigkeit.
    platz = {wort: i for i, wort in enumerate(anzahl)}
    sortiert = sorted(anzahl, key=lambda wort: (-anzahl[wort], platz[wort]))
    return OrderedDict(zip(sortiert, range(1, len(sortiert) + 1)))
""",
    "pad-sequences": """
def pad_sequences(sequences, maxlen):
    if not sequences:
        return np.empty((0, maxlen), dtype=np.int32)
    zeilen = [([0] * maxlen + list(s))[-maxlen:] for s in sequences]
    return np.array(zeilen, dtype=np.int32)
""",
}
