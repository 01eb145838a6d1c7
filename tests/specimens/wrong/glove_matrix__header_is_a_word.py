"""Header and blank lines are not skipped; a blank one ends it with an error."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "parse-glove": r"""
def parse_glove(path, embedding_dim):
    vectors = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            values = line.rstrip("\n").split(" ")
            word = " ".join(values[:-embedding_dim])
            vectors[word] = np.array([float(x) for x in values[-embedding_dim:]], dtype="float32")
    return vectors
""",
}

LOSES = {"test_other_lines_are_skipped"}
