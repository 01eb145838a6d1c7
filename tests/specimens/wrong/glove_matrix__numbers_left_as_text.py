"""The fields are put into an array as they are, as text."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "parse-glove": """
def parse_glove(path, embedding_dim):
    vectors = {}
    with Path(path).open(encoding="utf-8") as file:
        for line in file:
            word, *numbers = line.rstrip("\\n").rsplit(" ", embedding_dim)
            if word and len(numbers) == embedding_dim:
                vectors[word] = np.array(numbers)
    return vectors
""",
}

LOSES = {"test_vectors_are_float32", "test_other_lines_are_skipped"}
