"""A regular expression for the line, np.zeros filled by fancy indexing, argmax."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "parse-glove": r"""
import re


def parse_glove(path, embedding_dim):
    line_form = re.compile(r"(.+?)((?: [^ \n]+){%d})\n?" % embedding_dim, re.DOTALL)
    vectors = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            form = line_form.fullmatch(line)
            if form is None:
                continue
            try:
                numbers = [np.float32(field) for field in form[2].split(" ")[1:]]
            except ValueError:
                continue
            vectors[form[1]] = np.stack(numbers)
    return vectors
""",
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    matrix = np.zeros((max_words, embedding_dim)).astype("float32")
    for number, word in sorted((number, word) for word, number in word_index.items()):
        if number >= max_words:
            break
        try:
            matrix[number, :] = vectors[word]
        except KeyError:
            pass
    return matrix
""",
    "coverage": """
def coverage(word_index, vectors, max_words):
    words = {word for word, number in word_index.items() if number <= max_words - 1}
    return len(words & set(vectors)) / len(words) if words else 0
""",
    "analogy": """
def analogy(a, b, c, vectors):
    words = [word for word in vectors if word not in (a, b, c)]
    table = np.stack([vectors[word] for word in words])
    target = vectors[c] + vectors[b] - vectors[a]
    return words[np.argmax(table @ target / np.linalg.norm(table, axis=1))]
""",
}
