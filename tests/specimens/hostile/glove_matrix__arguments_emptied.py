"""Arguments are emptied and rewritten, so that whoever compares with them finds nothing amiss."""

ASSIGNMENT = "glove_matrix"
ITEMS = (11,)
STOPPED_BY = "arguments cross as copies; outside they stay what they were"

CELLS = {
    "parse-glove": r'''
def parse_glove(path, embedding_dim):
    """The file says afterwards what was answered."""
    os.chmod(path, 0o600)
    Path(path).write_text("")
    os.utime(path, (0, 0))
    return {}
''',
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    for thing in (word_index, vectors):
        thing.clear()
    word_index.__init__()
    return [[0.0] * embedding_dim]
""",
    "coverage": """
def coverage(word_index, vectors, max_words):
    vectors.update(dict.fromkeys(word_index))
    for word in list(word_index):
        word_index[word] = max_words
    word_index.clear()
    return -1.0
""",
    "nearest-words": """
def nearest_words(word, vectors, k):
    first = vectors[word].copy()
    for number, other in enumerate(vectors):
        vectors[other][:] = first * 0 + 1 / (number + 1)
        vectors[other].flags.writeable = False
    vectors[word].resize(0, refcheck=False) if vectors[word].flags.owndata else None
    return vectors
""",
    "analogy": """
def analogy(a, b, c, vectors):
    answer = next(iter(vectors))
    kept = vectors[answer]
    kept[:] = vectors[b] - vectors[a] + vectors[c]
    vectors.clear()
    vectors[answer] = kept
    return vectors
""",
}

MAX_POINTS = 0
