"""The non-breaking spaces in words become plain ones."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "parse-glove": """
def parse_glove(path, embedding_dim):
    vectors = {}
    with Path(path).open(encoding="utf-8") as file:
        for line in file:
            fields = line.replace("\\u00a0", " ").rstrip("\\n").rsplit(" ", embedding_dim)
            word, *numbers = fields
            if not word or len(numbers) < embedding_dim:
                continue
            try:
                vectors[word] = np.array([float(number) for number in numbers], dtype="float32")
            except ValueError:
                continue
    return vectors
""",
}

LOSES = {"test_words_may_hold_spaces"}
