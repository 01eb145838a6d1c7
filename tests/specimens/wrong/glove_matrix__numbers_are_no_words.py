"""Takes every line that begins with a number for the header, "1984" and all."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "parse-glove": """
def parse_glove(path, embedding_dim):
    vectors = {}
    with open(path, encoding="utf-8", newline="\\n") as file:
        for line in file:
            if line.split(" ")[0].isdigit():
                continue
            word, *numbers = line.rstrip("\\n").rsplit(" ", embedding_dim)
            try:
                vector = np.asarray(numbers, dtype="float32")
            except ValueError:
                continue
            if len(vector) == embedding_dim and word:
                vectors[word] = vector
    return vectors
""",
}

LOSES = {"test_each_word_has_its_vector"}
