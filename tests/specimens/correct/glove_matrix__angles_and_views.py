"""Views of a read-only array, columns transposed, an array for a number, angles; in French."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "parse-glove": r"""
import io


def parse_glove(path, embedding_dim):
    mots, lignes = [], []
    for ligne in io.BytesIO(Path(path).read_bytes()):
        champs = ligne.removesuffix(b"\n").split(b" ")
        if len(champs) <= embedding_dim:
            continue
        try:
            nombres = [*map(float, champs[-embedding_dim:])]
        except ValueError:
            continue
        mots.append(str(b" ".join(champs[:-embedding_dim]), encoding="utf-8"))
        lignes.append(nombres)
    tableau = np.asfortranarray(np.array(lignes, dtype=np.float32).reshape(-1, embedding_dim))
    tableau.setflags(write=False)
    return dict(zip(mots, tableau))
""",
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    inverse = {numéro: mot for mot, numéro in word_index.items()}
    zéros = np.zeros(embedding_dim, np.float32)
    return np.column_stack([vectors.get(inverse.get(i), zéros) for i in range(max_words)]).T
""",
    "coverage": """
def coverage(word_index, vectors, max_words):
    avec_ligne = {mot for mot, numéro in word_index.items() if numéro < max_words}
    manquants = avec_ligne - vectors.keys()
    part = 1 - len(manquants) / len(avec_ligne) if avec_ligne else 0
    tableau = np.array(part, dtype="float64")
    assert tableau.shape == ()
    return tableau
""",
    "nearest-words": """
import heapq
import math


def nearest_words(word, vectors, k):
    def angle(autre):
        u, v = vectors[word].astype(float), vectors[autre].astype(float)
        produit, longueurs = math.fsum(u * v), math.hypot(*u) * math.hypot(*v)
        return math.acos(min(1, max(-1, produit / longueurs))) if longueurs else math.pi / 2

    return heapq.nsmallest(k, vectors.keys() - {word}, key=angle)
""",
    "analogy": """
class Espace:
    def __init__(self, vectors):
        self.mots = np.array(list(vectors))
        self.tout = np.stack(list(vectors.values())).astype("float64")
        self.normes = np.linalg.norm(self.tout, axis=1)

    def sans(self, exclus):
        return np.isin(self.mots, list(exclus), invert=True)

    def __matmul__(self, cible):
        with np.errstate(all="ignore"):
            return np.nan_to_num(self.tout @ cible / self.normes)


def analogy(a, b, c, vectors):
    espace = Espace(vectors)
    scores = espace @ (vectors[b] - vectors[a] + vectors[c])
    return espace.mots[np.where(espace.sans({a, b, c}), scores, -np.inf).argmax()]
""",
}
