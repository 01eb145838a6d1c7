"""Functional style: partial, filterfalse, reduce, max with a key, statistics."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "parse-glove": """
from functools import partial, reduce
from itertools import filterfalse, islice
from operator import contains, itemgetter, methodcaller
from statistics import fmean


def cut_last(parts, _):
    rest, _, last = parts[0].rpartition(" ")
    return [rest, last, *parts[1:]]


def entry(dim, line):
    word, *numbers = reduce(cut_last, range(dim), [line.rstrip("\\n")])
    try:
        return word, np.array(list(map(float, numbers)), dtype="float32")
    except ValueError:
        return "", None


def parse_glove(path, embedding_dim):
    with Path(path).open(encoding="utf-8") as file:
        return dict(filter(itemgetter(0), map(partial(entry, embedding_dim), file)))
""",
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    rows = {number: vectors[w] for w, number in word_index.items() if w in vectors}
    empty = (0.0,) * embedding_dim
    return np.array([rows.get(n, empty) for n in range(max_words)], dtype=np.float32)
""",
    "coverage": """
def coverage(word_index, vectors, max_words):
    pairs = filter(lambda pair: pair[1] < max_words, word_index.items())
    known = list(map(partial(contains, vectors), map(itemgetter(0), pairs)))
    return fmean(known) if known else 0.0
""",
    "nearest-words": """
def nearest_words(word, vectors, k):
    others = filterfalse(word.__eq__, vectors)
    nearness = lambda other: -cosine(vectors[word], vectors[other])
    return list(islice(sorted(others, key=nearness), k))
""",
    "analogy": """
def analogy(a, b, c, vectors):
    v_a, v_b, v_c = itemgetter(a, b, c)(vectors)
    nearness = lambda pair: cosine(v_b - v_a + v_c, pair[1])
    return max(filterfalse(lambda pair: pair[0] in (a, b, c), vectors.items()), key=nearness)[0]
""",
}
