"""A regular expression takes the lines apart, rows are looked up by number and stacked."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "parse-glove": r"""
import re


def parse_glove(path, embedding_dim):
    line_of = re.compile(rf"(?P<word>.+?)(?P<numbers>(?: [^ \n]+){{{embedding_dim}}})\n", re.DOTALL)
    found = {}
    with open(path, encoding="utf-8") as lines:
        for match in filter(None, map(line_of.fullmatch, lines)):
            try:
                numbers = [float(n) for n in match["numbers"][1:].split(" ")]
            except ValueError:
                continue
            found[match["word"]] = np.array(numbers, np.float32)
    return found
""",
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    by_number = {number: word for word, number in word_index.items()}
    nothing = np.zeros(embedding_dim, dtype=np.float32)
    rows = [vectors.get(by_number.get(number), nothing) for number in range(max_words)]
    return np.stack(rows)
""",
    "coverage": """
def coverage(word_index, vectors, max_words):
    known = [word in vectors for word, number in word_index.items() if number < max_words]
    return float(np.mean(known)) if known else 0.0
""",
    "nearest-words": """
def nearest_words(word, vectors, k):
    similarities = {other: cosine(vectors[word], vectors[other]) for other in vectors}
    del similarities[word]
    return sorted(similarities, key=similarities.get, reverse=True)[:k]
""",
    "analogy": """
def analogy(a, b, c, vectors):
    target = np.subtract(vectors[b], vectors[a]) + vectors[c]
    best, best_cosine = None, -2
    for word, vector in vectors.items():
        if word in {a, b, c}:
            continue
        if (similarity := cosine(vector, target)) > best_cosine:
            best, best_cosine = word, similarity
    return best
""",
}
