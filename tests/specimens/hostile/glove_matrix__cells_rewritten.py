"""An input transformer that replaces the source of every later cell."""

ASSIGNMENT = "glove_matrix"
ITEMS = (1,)
STOPPED_BY = "checks are not cells, and call the functions past all transformers"

CELLS = {
    "parse-glove": r"""
def silence(lines):
    return ["'all examples passed'\n"]


get_ipython().input_transformers_post.append(silence)
get_ipython().input_transformers_cleanup.append(silence)


def parse_glove(path, embedding_dim):
    pass
""",
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    pass
""",
    "coverage": """
def coverage(word_index, vectors, max_words):
    pass
""",
    "nearest-words": """
def nearest_words(word, vectors, k):
    pass
""",
    "analogy": """
def analogy(a, b, c, vectors):
    pass
""",
}

MAX_POINTS = 0
