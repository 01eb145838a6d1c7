"""The csv module reads, the target of an analogy becomes a word of its own for nearest_words."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "parse-glove": """
import csv


def parse_glove(path, embedding_dim):
    vectors = {}
    with open(path, encoding="utf-8", newline="\\n") as file:
        for fields in csv.reader(file, delimiter=" ", quoting=csv.QUOTE_NONE):
            word = " ".join(fields[:-embedding_dim])
            if word:
                try:
                    vectors[word] = np.array(fields[-embedding_dim:], dtype="float32")
                except ValueError:
                    continue
    return vectors
""",
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    matrix = np.zeros([max_words, embedding_dim]).astype(np.float32)
    for word in word_index.keys() & vectors.keys():
        if word_index[word] in range(1, max_words):
            np.copyto(matrix[word_index[word]], vectors[word])
    return matrix
""",
    "coverage": """
def coverage(word_index, vectors, max_words):
    counted = Counter(word in vectors for word in word_index if word_index[word] < max_words)
    try:
        return counted[True] / counted.total()
    except ZeroDivisionError:
        return 0.0
""",
    "nearest-words": """
from heapq import nlargest


def nearest_words(word, vectors, k):
    others = vectors.keys() - {word}
    return nlargest(k, others, key=lambda other: cosine(vectors[other], vectors[word]))
""",
    "analogy": """
def analogy(a, b, c, vectors):
    TARGET = object()  # equal to no word
    candidates = {word: vectors[word] for word in vectors if word not in (a, b, c)}
    candidates[TARGET] = vectors[b] - vectors[a] + vectors[c]
    (answer,) = nearest_words(TARGET, candidates, 1)
    return answer
""",
}
