"""German names and comments, arguments that are looked at first, defaultdict, angles."""

ASSIGNMENT = "glove_matrix"

EXTRA = [
    (
        "before",
        "parse-glove",
        """
GENAUIGKEIT = np.dtype("float32")


def als_vektor(felder):
    # Ein Feld, das keine Zahl ist: kein Vektor.
    zahlen = []
    for feld in felder:
        try:
            zahlen.append(float(feld))
        except ValueError:
            return None
    return np.array(zahlen, GENAUIGKEIT)
""",
    ),
]

CELLS = {
    "parse-glove": """
def parse_glove(pfad, dimension):
    vektoren = dict()
    text = Path(pfad).read_bytes().decode("utf-8")
    for zeile in text.split("\\n"):
        felder = zeile.split(" ")
        wort = " ".join(felder[:-dimension])
        if not wort:
            continue  # leer, oder zu wenige Felder
        vektor = als_vektor(felder[-dimension:])
        if vektor is not None:
            vektoren[wort] = vektor
    return vektoren
""",
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    if not isinstance(word_index, dict) or not isinstance(vectors, dict):
        raise TypeError("zwei Wörterbücher, bitte")
    matrix = np.full((max_words, embedding_dim), 0, GENAUIGKEIT)
    for wort, nummer in sorted(word_index.items(), key=lambda paar: paar[1]):
        if nummer >= max_words:
            break  # ab hier sind alle zu selten
        if wort not in vectors:
            continue
        vektor = vectors[wort]
        assert vektor.shape == (embedding_dim,), wort
        matrix[nummer, :] += vektor
    return matrix
""",
    "coverage": """
def coverage(word_index, vectors, max_words):
    häufige = set(wort for wort in word_index if word_index[wort] < max_words)
    fehlende = häufige.difference(vectors)
    return 1 - len(fehlende) / len(häufige) if häufige else 0.0
""",
    "nearest-words": """
from collections import defaultdict


def nearest_words(wort, vectors, k):
    # Winkel zwischen 0 und pi: je kleiner, desto näher.
    nach_winkel = defaultdict(list)
    for anderes in vectors:
        if anderes == wort:
            continue
        kosinus = max(-1.0, min(1.0, cosine(vectors[wort], vectors[anderes])))
        nach_winkel[np.arccos(kosinus)].append(anderes)
    nachbarn = []
    for winkel in sorted(nach_winkel):
        nachbarn.extend(nach_winkel[winkel])
    return nachbarn[: min(k, len(nachbarn))]
""",
    "analogy": """
def analogy(a, b, c, vectors):
    ziel = vectors[b].copy()
    ziel -= vectors[a]
    ziel += vectors[c]
    rest = dict(vectors)
    for wort in (a, b, c):
        rest.pop(wort, None)
    rangliste = sorted(((cosine(ziel, v), w) for w, v in rest.items()), reverse=True)
    return rangliste[0][1]
""",
}
