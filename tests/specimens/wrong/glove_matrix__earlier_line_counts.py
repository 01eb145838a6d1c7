"""Of two lines for the same word the first one counts."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "parse-glove": """
def parse_glove(path, embedding_dim):
    vectors = {}
    with Path(path).open(encoding="utf-8") as file:
        for line in file:
            word, *numbers = line.rstrip("\\n").rsplit(" ", embedding_dim)
            if not word or len(numbers) < embedding_dim or word in vectors:
                continue
            try:
                vectors[word] = np.array([float(number) for number in numbers], dtype="float32")
            except ValueError:
                continue
    return vectors
""",
}

LOSES = {"test_each_word_has_its_vector"}
