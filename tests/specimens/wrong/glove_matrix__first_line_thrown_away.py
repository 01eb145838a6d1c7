"""The first line is taken for a header, whatever it holds."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "parse-glove": """
def parse_glove(path, embedding_dim):
    vectors = {}
    with open(path, encoding="utf-8", newline="\\n") as file:
        next(file)
        for line in file:
            word, *numbers = line.rstrip("\\n").rsplit(" ", embedding_dim)
            if word and len(numbers) == embedding_dim:
                try:
                    vectors[word] = np.array(numbers, dtype="float32")
                except ValueError:
                    pass
    return vectors
""",
}

LOSES = {"test_each_word_has_its_vector"}
