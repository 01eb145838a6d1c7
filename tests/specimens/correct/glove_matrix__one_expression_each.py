"""Comprehensions and conditional expressions only; lambdas under the asked-for names."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "parse-glove": """
def is_number(field):
    try:
        return float(field) == float(field)
    except ValueError:
        return False


def parse_glove(path, embedding_dim):
    with open(path, encoding="utf-8") as file:
        return {
            word: np.array(numbers, dtype=float).astype("float32")
            for word, *numbers in (line[:-1].rsplit(" ", embedding_dim) for line in file)
            if word and len(numbers) == embedding_dim and all(map(is_number, numbers))
        }
""",
    "build-embedding-matrix": """
build_embedding_matrix = lambda word_index, vectors, max_words, embedding_dim: np.array(
    [
        vectors[word] if word in vectors else [0] * embedding_dim
        for words in [{number: word for word, number in word_index.items()}]
        for word in map(words.get, range(max_words))
    ],
    dtype="float32",
)
""",
    "coverage": """
coverage = lambda word_index, vectors, max_words: (
    sum(1.0 for w, n in word_index.items() if n < max_words and w in vectors)
    / (sum(n < max_words for n in word_index.values()) or 1)
)
""",
    "nearest-words": """
nearest_words = lambda word, vectors, k: [
    other
    for _, other in sorted((-cosine(v, vectors[word]), w) for w, v in vectors.items() if w != word)
][:k]
""",
    "analogy": """
analogy = lambda a, b, c, vectors: max(
    {*vectors} - {a, b, c},
    key=lambda word: cosine(vectors[b] - vectors[a] + vectors[c], vectors[word]),
)
""",
}
