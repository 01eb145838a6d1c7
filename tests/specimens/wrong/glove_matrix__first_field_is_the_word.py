"""The chapter's own line: the word is values[0], the rest the vector."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "parse-glove": """
def parse_glove(path, embedding_dim):
    vectors = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            values = line.split()
            if len(values) != embedding_dim + 1:
                continue
            try:
                vectors[values[0]] = np.asarray(values[1:], dtype="float32")
            except ValueError:
                continue
    return vectors
""",
}

LOSES = {"test_words_may_hold_spaces"}
