"""A line of numbers alone gives the empty word a vector."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "parse-glove": """
def parse_glove(path, embedding_dim):
    vectors = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            fields = line.rstrip("\\n").split(" ")
            word, numbers = " ".join(fields[:-embedding_dim]), fields[-embedding_dim:]
            try:
                if len(numbers) == embedding_dim:
                    vectors[word] = np.array(numbers, dtype="float32")
            except ValueError:
                pass
    return vectors
""",
}

LOSES = {"test_other_lines_are_skipped"}
