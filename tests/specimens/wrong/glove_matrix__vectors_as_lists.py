"""The vectors are lists of floats, not arrays."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "parse-glove": """
def parse_glove(path, embedding_dim):
    vectors = {}
    with Path(path).open(encoding="utf-8") as file:
        for line in file:
            word, *numbers = line.rstrip("\\n").rsplit(" ", embedding_dim)
            if not word or len(numbers) < embedding_dim:
                continue
            try:
                vectors[word] = [float(number) for number in numbers]
            except ValueError:
                continue
    return vectors
""",
}

LOSES = {"test_vectors_are_float32"}
